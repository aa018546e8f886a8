import type { IDBPDatabase } from 'idb';
import { inTransaction } from '../database/inTransaction.js';
import type { VaultSchema } from '../database/VaultSchema.js';
import { soundVaultKey } from './soundKeys.js';

/** The key that a vault's database has; undefined where there is none. Throws `vault-unavailable` for what is no key. */
export async function readDeviceKey(db: IDBPDatabase<VaultSchema>): Promise<CryptoKey | undefined> {
  return soundVaultKey(await db.get('keys', 'device'));
}

/** The key that a vault's database has, made where there is none. Of two tabs that make one at the same time, the first one's counts. */
export async function keepDeviceKey(db: IDBPDatabase<VaultSchema>): Promise<CryptoKey> {
  const existing = await readDeviceKey(db);
  if (existing) return existing;
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
  const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
  return inTransaction(tx, async () => {
    const first = soundVaultKey(await tx.store.get('device'));
    if (!first) await tx.store.put(fresh, 'device');
    return first ?? fresh;
  });
}

/** Whether two keys are the same one. Neither can be read out, so one has to decrypt what the other encrypts. */
export async function isSameKey(a: CryptoKey, b: CryptoKey): Promise<boolean> {
  const algorithm = { name: 'AES-GCM', iv: crypto.getRandomValues(new Uint8Array(12)) };
  const sealed = await crypto.subtle.encrypt(algorithm, a, new Uint8Array(16));
  return crypto.subtle.decrypt(algorithm, b, sealed).then(
    () => true,
    () => false,
  );
}
