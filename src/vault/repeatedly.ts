import { VisavisError } from '../shared/VisavisError.js';

const TRIES = 10;

/** Tries again what another tab's write came between, until it is done. Throws `vault-unavailable` where that does not end. */
export async function repeatedly(attempt: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < TRIES; i++) if (await attempt()) return;
  throw new VisavisError('vault-unavailable', 'Another tab keeps writing to the vault. Close it and try again.');
}
