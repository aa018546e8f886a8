import { VisavisError } from '../../shared/VisavisError.js';

/**
 * @param cause what the constructor of Worker threw: a DOMException for an address that it refuses, a TypeError where Trusted Types refuse
 *   a text
 * @param advice what mends it
 */
export function notStarted(cause: unknown, advice: { trustedTypes: string; else: string }): VisavisError {
  const refused = 'trustedTypes' in globalThis && cause instanceof TypeError;
  const reason = refused ? `this page requires Trusted Types, ${advice.trustedTypes}` : advice.else;
  return new VisavisError('backend-unavailable', `The engine's worker could not be started: ${reason}`, { cause });
}
