import { VisavisError, type VisavisErrorCode } from '../../shared/VisavisError.js';

/** What a passkey was needed for: making one (`navigator.credentials.create`) or asking one for its secret (`get`). */
export type PasskeyStep = 'create' | 'ask';

type Entry = readonly [code: VisavisErrorCode, message: string];

const OTHER_LOCK = 'use a passphrase instead';

/**
 * What the exceptions of a WebAuthn call mean, by name. The first six are those of WebAuthn Level 3, sections 5.1.3 and 5.1.4 (Registration
 * and Authentication API Exceptions); the specification lets browsers report nearly every refusal as `NotAllowedError`, so as not to reveal
 * which passkeys exist. `SyntaxError` and `NotSupportedError` are also what its section 10.1.4 (PRF extension) asks for, and `TypeError` is
 * what Web IDL throws for options that a browser cannot convert. The rest is what browsers throw besides: `UnknownError` is Firefox's
 * answer when Windows Hello fails, `OperationError` and `NotReadableError` are Chromium's, for a request that is already pending and for a
 * credential manager that fails.
 */
const MEANINGS: Readonly<Record<PasskeyStep, Readonly<Record<string, Entry>>>> = {
  create: {
    AbortError: ['aborted', 'Creating the passkey was interrupted by the page or the browser. Try again.'],
    ConstraintError: [
      'vault-unavailable',
      `No passkey can be created here, because this device can’t verify you (by PIN, fingerprint or face). Set up a screen lock, or ${OTHER_LOCK}.`,
    ],
    InvalidStateError: [
      'vault-unavailable',
      `This device already has a passkey that it won’t replace. Use another device, or ${OTHER_LOCK}.`,
    ],
    NotAllowedError: [
      'vault-locked',
      'Creating the passkey was canceled, timed out, or isn’t allowed on this page. The vault’s lock is unchanged. Try again.',
    ],
    NotSupportedError: [
      'vault-unavailable',
      `This device can’t create a passkey of the kind that a vault needs. Use another device, or ${OTHER_LOCK}.`,
    ],
    SecurityError: [
      'vault-unavailable',
      'Passkeys need HTTPS and a domain name (or localhost), not an IP address. Open the page that way.',
    ],
    TypeError: ['vault-unavailable', `This browser’s passkeys are too old to lock a vault. Update it, or ${OTHER_LOCK}.`],
    OperationError: ['vault-locked', 'Another passkey request is still open on this page. Finish or cancel it, then try again.'],
  },
  ask: {
    AbortError: ['aborted', 'The passkey request was interrupted by the page or the browser. Try again.'],
    ConstraintError: [
      'vault-locked',
      'The vault stays locked, because this device couldn’t verify you (by PIN, fingerprint or face). Set up a screen lock, and try again.',
    ],
    InvalidStateError: ['vault-locked', 'The vault stays locked: this isn’t the passkey that locks it. Try again with the one that does.'],
    NotAllowedError: [
      'vault-locked',
      'The vault stays locked: the passkey request was canceled, timed out, or found no passkey for this vault. Try again with the passkey that locks it.',
    ],
    NotSupportedError: [
      'vault-unavailable',
      'This browser can’t get the vault’s secret from a passkey. Open the page in the browser that set the lock.',
    ],
    SecurityError: [
      'vault-unavailable',
      'Passkeys need HTTPS and a domain name (or localhost), not an IP address. Open the page that way.',
    ],
    SyntaxError: [
      'vault-unavailable',
      'This browser can’t get the vault’s secret from a passkey. Open the page in the browser that set the lock.',
    ],
    TypeError: ['vault-unavailable', 'This browser’s passkeys are too old to open this vault. Update it, and try again.'],
    OperationError: ['vault-locked', 'Another passkey request is still open on this page. Finish or cancel it, then try again.'],
  },
};

/** For `UnknownError`, `NotReadableError`, and whatever a browser comes up with. */
const OTHERWISE: Readonly<Record<PasskeyStep, Entry>> = {
  create: ['vault-unavailable', `The device couldn’t create a passkey that can lock a vault. Try again, or ${OTHER_LOCK}.`],
  ask: [
    'vault-locked',
    'The vault stays locked: the device couldn’t use the passkey. Try again, and restart the browser if that doesn’t help.',
  ],
};

/** The typed error for what a WebAuthn call threw. Never throws, whatever `cause` is. */
export function passkeyError(step: PasskeyStep, cause: unknown): VisavisError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : '';
  const [code, message] = (Object.hasOwn(MEANINGS[step], name) && MEANINGS[step][name]) || OTHERWISE[step];
  return new VisavisError(code, message, { cause });
}
