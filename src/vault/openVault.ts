import { abortable, throwIfAborted } from '../shared/abortable.js';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { FACTORY } from '../shared/factoryOnly.js';
import { assertStoreName } from './database/assertStoreName.js';
import { LockChanged } from './database/LockChanged.js';
import { lockInForce } from './database/lockInForce.js';
import { AGAIN, repeatedly } from './database/repeatedly.js';
import { soundState } from './database/soundState.js';
import { openLock, sealLock } from './lock/sealLock.js';
import { storageError } from './database/storageError.js';
import { Vault } from './Vault.js';
import { copyLock, lockKind, newLockKind, wipeLock, type VaultLock } from './lock/VaultLock.js';
import { VaultConnection } from './database/VaultConnection.js';
import { VaultDeleted } from './database/VaultDeleted.js';
import { VaultStore } from './database/VaultStore.js';

export interface VaultOptions {
  /** Distinguishes several vaults of one origin; default `default`. */
  name?: string;
  /** Opens a vault that has this lock; a vault without a lock gets it. */
  lock?: VaultLock;
  /** Ends the wait for another tab, for Argon2 or for a passkey: the promise then rejects with `aborted`. */
  signal?: AbortSignal;
}

const WHAT = 'The vault can’t be opened';
const OPTIONS: OptionNames<VaultOptions> = { name: true, lock: true, signal: true };

/**
 * Opens the encrypted template store of this origin, creating it and its key if they don't exist. Throws `vault-unavailable` if
 * IndexedDB, WebCrypto or the lock's passkey are missing or blocked (private windows of some browsers), the disk is full, or the database
 * does not open within 10 seconds, as when another tab holds on to it while it is deleted; `vault-locked` if the lock is missing or wrong
 * or the person refuses the passkey, and `template-invalid` if the stored lock was altered; a RangeError for a new lock's passphrase of fewer than
 * 8 characters (code points), before anything is made.
 */
export async function openVault(options: VaultOptions = {}): Promise<Vault> {
  assertOptions(options, OPTIONS, 'openVault');
  const { name = 'default', lock, signal } = options;
  assertStoreName(name, "the vault's name");
  if (lock === undefined) return openWith({ name, signal });
  lockKind(lock);
  const own = copyLock(lock);
  try {
    await assertUseful(own, `visavis-vault-${name}`, signal);
    return await openWith({ name, lock: own, signal });
  } finally {
    wipeLock(own);
  }
}

function openWith(options: VaultOptions & { name: string }): Promise<Vault> {
  const { name, signal } = options;
  return repeatedly(async () => {
    throwIfAborted(signal);
    const connection = await VaultConnection.open(`visavis-vault-${name}`, signal);
    try {
      return await openOn(connection, options);
    } catch (cause) {
      connection.close();
      // Another tab set a lock or deleted the vault while this one opened it: it opens what there is now.
      if (cause instanceof LockChanged || cause instanceof VaultDeleted) return AGAIN;
      if (cause instanceof RangeError) throw cause; // the lock's, as in `assertUseful`
      throw storageError(cause, WHAT);
    }
  });
}

/** A passphrase that opens older locks may be too short for a new one. Where there is none to open, it throws before an empty vault is made. */
async function assertUseful(lock: VaultLock, database: string, signal: AbortSignal | undefined): Promise<void> {
  try {
    newLockKind(lock);
  } catch (tooShort) {
    const inForce = await abortable(lockInForce(database), signal).catch((cause: unknown) => {
      throw storageError(cause, WHAT);
    });
    if (!inForce) throw tooShort;
  }
}

async function openOn(connection: VaultConnection, { name, lock, signal }: VaultOptions & { name: string }): Promise<Vault> {
  const { device } = connection;
  const { epoch, lock: envelope } = await connection.use(async (db) => soundState(await db.get('keys', 'state')));
  const key = envelope ? await openLock(envelope, { lock, deviceKey: device, vault: name, signal }) : device;
  const vault = new Vault(FACTORY, {
    store: new VaultStore(connection),
    key: { key, epoch, envelope },
    rekey: async (wanted, until) => (wanted === null ? { key: device, envelope: null } : sealLock(wanted, device, name, until)),
    database: `visavis-vault-${name}`,
  });
  if (lock !== undefined && vault.lock === null) await vault.setLock(lock, { signal });
  return vault;
}
