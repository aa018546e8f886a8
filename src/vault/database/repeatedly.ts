import { VisavisError } from '../../shared/VisavisError.js';

const TRIES = 20;

/** What an attempt returns that something came between. */
export const AGAIN = Symbol('again');

/** Tries again what another write came between, until it is done. Throws `vault-unavailable` where that does not end. */
export async function repeatedly<T>(attempt: () => Promise<T | typeof AGAIN>): Promise<T> {
  for (let i = 0; i < TRIES; i++) {
    const outcome = await attempt();
    if (outcome !== AGAIN) return outcome;
  }
  throw new VisavisError('vault-unavailable', 'The vault is written to all the time, perhaps by another tab. Close it and try again.');
}
