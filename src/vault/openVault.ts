import { openDB, deleteDB, type IDBPDatabase } from 'idb';
import { describe } from '../shared/describe.js';
import { VisavisError } from '../shared/VisavisError.js';
import { Vault } from './Vault.js';
import type { VaultSchema } from './VaultSchema.js';

export interface VaultOptions {
  /** Several vaults of one origin are told apart by name; default `default`. */
  name?: string;
}

/**
 * Opens the encrypted template store of this origin, creating it and its key when it is not there. Throws `vault-unavailable` where
 * IndexedDB or WebCrypto are missing or forbidden (private windows of some browsers).
 */
export async function openVault({ name = 'default' }: VaultOptions = {}): Promise<Vault> {
  if (typeof name !== 'string' || name === '') throw new TypeError(`expected the vault's name, a text, got ${describe(name)}`);
  const database = `visavis-vault-${name}`;
  let db: IDBPDatabase<VaultSchema> | undefined;
  try {
    db = await openDB<VaultSchema>(database, 1, {
      upgrade(fresh) {
        fresh.createObjectStore('keys');
        fresh.createObjectStore('templates', { keyPath: 'id' });
      },
      // Another tab destroys the vault: let go, or it would wait for ever.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new Vault(db, await deviceKey(db), () => deleteDatabase(database));
  } catch (cause) {
    db?.close();
    throw new VisavisError('vault-unavailable', 'Templates cannot be kept in this browser window: it gives no database or no encryption.', {
      cause,
    });
  }
}

/** Other tabs let go at once, except frozen ones, which must not keep this one waiting for ever. */
async function deleteDatabase(database: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const blocked = () => {
        timer = setTimeout(() => reject(new Error('another tab holds the database')), 3000);
      };
      deleteDB(database, { blocked }).then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
  }
}

/** The vault's key; of two tabs that make one at the same time the first one's counts. */
async function deviceKey(db: IDBPDatabase<VaultSchema>): Promise<CryptoKey> {
  const existing = await db.get('keys', 'device');
  if (existing) return existing;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const tx = db.transaction('keys', 'readwrite');
  const first = await tx.store.get('device');
  if (!first) await tx.store.put(fresh, 'device');
  await tx.done;
  return first ?? fresh;
}
