import { openExistingDatabase } from './openDatabase.js';
import { soundState } from './soundState.js';
import type { VaultSchema, VaultState } from './VaultSchema.js';

/**
 * The lock that a vault's database has now, whoever set it; null where there is none, or no database. It is opened apart from the vault's own
 * connection, which may be closed, or for a vault that is gone by now. Throws what IndexedDB throws, and
 * `template-invalid` where it is damaged.
 */
export async function lockInForce(database: string): Promise<VaultState['lock']> {
  const db = await openExistingDatabase<VaultSchema>(database);
  try {
    return soundState(await db?.get('keys', 'state')).lock;
  } finally {
    db?.close();
  }
}
