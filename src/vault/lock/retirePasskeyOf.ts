import { withinAwakeTime } from '../../shared/withinAwakeTime.js';
import { lockInForce } from '../database/lockInForce.js';
import { parseLockEnvelope } from './lockEnvelope.js';
import { retirePasskey } from './retirePasskey.js';

type Envelope = Uint8Array<ArrayBuffer> | null;

/** How long the database may take to say which lock is the vault's: another tab may be writing to it without end. */
const PATIENCE_MS = 3000;

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
 * database can't be asked, or says nothing for 3 seconds, the passkey stays. Never throws.
 */
export async function retireUnused(database: string, envelope: Envelope): Promise<void> {
  if (!envelope) return;
  try {
    const inForce = await withinAwakeTime(lockInForce(database), PATIENCE_MS, () => envelope);
    if (String(inForce) !== String(envelope)) retirePasskeyOf(envelope);
  } catch {
    // A passkey too many does less harm than one too few.
  }
}
