import { lockInForce } from '../database/lockInForce.js';
import { parseLockEnvelope } from './lockEnvelope.js';
import { retirePasskey } from './retirePasskey.js';

type Envelope = Uint8Array<ArrayBuffer> | null;

/** Reports the passkey of a lock that is gone to the passkey manager. Nothing happens for other locks, and for what is none. Never throws. */
export function retirePasskeyOf(envelope: Envelope): void {
  if (!envelope) return;
  try {
    const { recipe } = parseLockEnvelope(envelope);
    if (recipe.kind === 'passkey') retirePasskey(recipe.credentialId);
  } catch {
    // It was altered: which passkey it named is not known any more.
  }
}

/**
 * The same, but only where the database says that the lock is not the vault's: a passkey that opens the vault must never go. Where the
 * database can't be asked, the passkey stays. Never throws.
 */
export async function retireUnused(database: string, envelope: Envelope): Promise<void> {
  if (!envelope) return;
  try {
    if (String(await lockInForce(database)) !== String(envelope)) retirePasskeyOf(envelope);
  } catch {
    // A passkey too many does less harm than one too few.
  }
}
