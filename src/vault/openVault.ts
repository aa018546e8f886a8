import { openDB, type IDBPDatabase } from 'idb';
import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import { VisavisError } from '../shared/VisavisError.js';
import { deleteDatabase } from './deleteDatabase.js';
import { parseLockEnvelope } from './lockEnvelope.js';
import { openLock, sealLock } from './sealLock.js';
import { Vault } from './Vault.js';
import { lockKind, type VaultLock } from './VaultLock.js';
import type { VaultSchema, VaultState } from './VaultSchema.js';
import { VaultStore } from './VaultStore.js';

export interface VaultOptions {
  /** Several vaults of one origin are told apart by name; default `default`. */
  name?: string;
  /** Opens a vault that has this lock, and sets it on one that has none. */
  lock?: VaultLock;
}

const OPTIONS: OptionNames<VaultOptions> = { name: true, lock: true };

/**
 * Opens the encrypted template store of this origin, creating it and its key when it is not there. Throws `vault-unavailable` where
 * IndexedDB or WebCrypto are missing or forbidden (private windows of some browsers), `vault-locked` without the lock that it has, or with a
 * wrong one.
 */
export async function openVault(options: VaultOptions = {}): Promise<Vault> {
  assertOptions(options, OPTIONS, 'openVault');
  const { name = 'default', lock } = options;
  if (typeof name !== 'string' || name === '') throw new TypeError(`expected the vault's name, a text, got ${describe(name)}`);
  if (lock !== undefined) lockKind(lock);
  const database = `visavis-vault-${name}`;
  const db = await openDatabase(database);
  try {
    const device = await deviceKey(db);
    const state = (await db.get('keys', 'state')) as VaultState | undefined;
    const vault = new Vault({
      store: new VaultStore(db, state?.epoch ?? 0),
      key: state?.lock ? await openLock(state.lock, lock, device, name) : device,
      lock: state?.lock ? parseLockEnvelope(state.lock).recipe.kind : null,
      rekey: async (wanted) => (wanted ? sealLock(wanted, device, name) : { key: device, envelope: null }),
      deleteDatabase: () => deleteDatabase(database),
    });
    if (lock !== undefined && vault.lock === null) await vault.setLock(lock);
    return vault;
  } catch (cause) {
    db.close();
    if (cause instanceof VisavisError || cause instanceof TypeError || cause instanceof RangeError) throw cause;
    throw unavailable(cause);
  }
}

async function openDatabase(database: string): Promise<IDBPDatabase<VaultSchema>> {
  try {
    return await openDB<VaultSchema>(database, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('keys');
        fresh.createObjectStore('templates', { keyPath: 'id' });
      },
      // Another tab erases the vault: let go, or it would wait for ever.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
  } catch (cause) {
    throw unavailable(cause);
  }
}

/** The device's own key; of two tabs that make one at the same time the first one's counts. */
async function deviceKey(db: IDBPDatabase<VaultSchema>): Promise<CryptoKey> {
  try {
    const existing = (await db.get('keys', 'device')) as CryptoKey | undefined;
    if (existing) return existing;
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
    const first = (await tx.store.get('device')) as CryptoKey | undefined;
    if (!first) await tx.store.put(fresh, 'device');
    await tx.done;
    return first ?? fresh;
  } catch (cause) {
    throw unavailable(cause);
  }
}

function unavailable(cause: unknown): VisavisError {
  const message = 'Templates cannot be kept in this browser window: it gives no database or no encryption.';
  return new VisavisError('vault-unavailable', message, { cause });
}
