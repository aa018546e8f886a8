import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import { FACTORY } from '../shared/factoryOnly.js';
import { deleteDatabase } from './deleteDatabase.js';
import { openLock, sealLock } from './sealLock.js';
import { storageError } from './storageError.js';
import { Vault } from './Vault.js';
import { lockKind, type VaultLock } from './VaultLock.js';
import { VaultConnection } from './VaultConnection.js';
import type { VaultState } from './VaultSchema.js';
import { VaultStore } from './VaultStore.js';

export interface VaultOptions {
  /** Distinguishes several vaults of one origin; default `default`. */
  name?: string;
  /** Opens a vault that has this lock; a vault without a lock gets it. */
  lock?: VaultLock;
}

const OPTIONS: OptionNames<VaultOptions> = { name: true, lock: true };

/**
 * Opens the encrypted template store of this origin, creating it and its key if they don't exist. Throws `vault-unavailable` if
 * IndexedDB, WebCrypto or the lock's passkey are missing or blocked (private windows of some browsers) or the disk is full,
 * `vault-locked` if the lock is missing or wrong or the person refuses the passkey, and `template-invalid` if the stored lock was altered.
 */
export async function openVault(options: VaultOptions = {}): Promise<Vault> {
  assertOptions(options, OPTIONS, 'openVault');
  const { name = 'default', lock } = options;
  if (typeof name !== 'string' || name === '') throw new TypeError(`expected the vault's name, a text, got ${describe(name)}`);
  if (lock !== undefined) lockKind(lock);
  const database = `visavis-vault-${name}`;
  const connection = await VaultConnection.open(database);
  try {
    const state = await connection.use(async (db) => (await db.get('keys', 'state')) as VaultState | undefined);
    const { device } = connection;
    const envelope = state?.lock ?? null;
    const vault = new Vault(FACTORY, {
      store: new VaultStore(connection, state?.epoch ?? 0),
      key: envelope ? await openLock(envelope, lock, device, name) : device,
      envelope,
      rekey: async (wanted) => (wanted ? sealLock(wanted, device, name) : { key: device, envelope: null }),
      deleteDatabase: () => deleteDatabase(database),
    });
    if (lock !== undefined && vault.lock === null) await vault.setLock(lock);
    return vault;
  } catch (cause) {
    connection.close();
    if (cause instanceof TypeError || cause instanceof RangeError) throw cause;
    throw storageError(cause, 'The vault can’t be opened');
  }
}
