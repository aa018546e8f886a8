import { parseLockEnvelope } from './lockEnvelope.js';
import { retirePasskey } from './retirePasskey.js';
import type { VaultStore } from '../database/VaultStore.js';

type Envelope = Uint8Array<ArrayBuffer> | null;

/** Reports the passkey of a lock that is gone to the passkey manager. Nothing happens for other locks. */
export function retirePasskeyOf(envelope: Envelope): void {
  if (!envelope) return;
  const { recipe } = parseLockEnvelope(envelope);
  if (recipe.kind === 'passkey') retirePasskey(recipe.credentialId);
}

/**
 * The same, but only where the database says that the lock is not the vault's: a passkey that opens the vault must never go. Where the
 * database can't be asked, the passkey stays. Never throws.
 */
export async function retireUnused(store: VaultStore, envelope: Envelope): Promise<void> {
  if (!envelope) return;
  try {
    if (String(await store.lockInForce()) !== String(envelope)) retirePasskeyOf(envelope);
  } catch {
    // A passkey too many does less harm than one too few.
  }
}
