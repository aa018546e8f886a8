import { describe, expect, it } from 'vitest';
import { VisavisError } from '../../shared/VisavisError.js';
import { passkeyError, type PasskeyStep } from './passkeyError.js';

/** WebAuthn Level 3, sections 5.1.3, 5.1.4 and 10.1.4; then what browsers throw besides. */
const EXPECTED: Record<string, Record<PasskeyStep, string>> = {
  AbortError: { create: 'aborted', ask: 'aborted' },
  ConstraintError: { create: 'vault-unavailable', ask: 'vault-locked' },
  InvalidStateError: { create: 'vault-unavailable', ask: 'vault-locked' },
  NotAllowedError: { create: 'vault-locked', ask: 'vault-locked' },
  NotSupportedError: { create: 'vault-unavailable', ask: 'vault-unavailable' },
  SecurityError: { create: 'vault-unavailable', ask: 'vault-unavailable' },
  SyntaxError: { create: 'vault-unavailable', ask: 'vault-unavailable' },
  OperationError: { create: 'vault-locked', ask: 'vault-locked' },
  UnknownError: { create: 'vault-unavailable', ask: 'vault-locked' },
  NotReadableError: { create: 'vault-unavailable', ask: 'vault-locked' },
  toString: { create: 'vault-unavailable', ask: 'vault-locked' },
};

describe('passkeyError', () => {
  it.each(Object.entries(EXPECTED))('%s', (name, codes) => {
    for (const step of ['create', 'ask'] as const) {
      const cause = new DOMException('whatever the browser says', name);
      expect(passkeyError(step, cause)).toMatchObject({ name: 'VisavisError', code: codes[step], cause });
    }
  });

  it('has a sentence about canceling and timing out, and what to do', () => {
    for (const step of ['create', 'ask'] as const) {
      expect(passkeyError(step, new DOMException('', 'NotAllowedError')).message).toMatch(/canceled, timed out.*Try again/);
    }
  });

  it.each([new TypeError('no dictionary'), 'a text', null, undefined, 7])('takes anything thrown: %s', (cause) => {
    for (const step of ['create', 'ask'] as const) expect(passkeyError(step, cause)).toBeInstanceOf(VisavisError);
  });
});
