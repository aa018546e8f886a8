import { deleteDatabase } from '../database/deleteDatabase.js';
import { lockInForce } from '../database/lockInForce.js';
import { retirePasskeyOf } from './retirePasskeyOf.js';

/**
 * Deletes a vault's database and, once it is gone, however late, reports the passkey of its lock: of the one that is known, and of the one that
 * another tab may have set since. Where the database can't be asked for that, it is deleted all the same. Throws as `deleteDatabase` does.
 */
export async function deleteLocked(
  database: string,
  { known = null, signal }: { known?: Uint8Array<ArrayBuffer> | null; signal: AbortSignal | undefined },
): Promise<void> {
  // Nobody waits for the answer: the browser opens the database before it deletes it, in the order of the calls.
  const asked = lockInForce(database).catch(() => null);
  await deleteDatabase(database, signal, async () => {
    retirePasskeyOf(known);
    const inForce = await asked;
    if (String(inForce) !== String(known)) retirePasskeyOf(inForce);
  });
}
