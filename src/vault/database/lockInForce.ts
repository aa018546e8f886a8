import { openExistingDatabase } from './openDatabase.js';
import type { VaultSchema, VaultState } from './VaultSchema.js';

/**
 * The lock that a vault's database has now, whoever set it; null where there is none, or no database. It is opened apart from the vault's own
 * connection, which may be closed, or for a vault that is gone by now. Throws what IndexedDB throws.
 */
export async function lockInForce(database: string): Promise<VaultState['lock']> {
  const db = await openExistingDatabase<VaultSchema>(database);
  try {
    return ((await db?.get('keys', 'state')) as VaultState | undefined)?.lock ?? null;
  } finally {
    db?.close();
  }
}
