import { isTypedArray } from '../../shared/isTypedArray.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { VaultState } from './VaultSchema.js';

/** A vault's state as it was kept. Throws `template-invalid` for what is none: a lock that is damaged must not count as no lock. */
export function soundState(kept: unknown): VaultState {
  if (kept === undefined) return { epoch: 0, lock: null };
  if (isState(kept)) return kept;
  throw new VisavisError(
    'template-invalid',
    'The vault’s lock is damaged or was altered. Delete the vault with eraseVault and enroll again.',
  );
}

function isState(kept: unknown): kept is VaultState {
  if (typeof kept !== 'object' || kept === null) return false;
  const { epoch, lock } = kept as Partial<Record<keyof VaultState, unknown>>;
  return Number.isSafeInteger(epoch) && (epoch as number) >= 0 && (lock === null || isTypedArray(lock, 'Uint8Array'));
}
