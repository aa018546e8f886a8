import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DevicePublicJwk } from '../shared/MatchAssertion.js';
import { VisavisError } from '../shared/VisavisError.js';

/** A key as it lies in the database. The private half is a handle that signs; its numbers cannot be read out by scripts. */
export interface DeviceKeyRecord {
  readonly privateKey: CryptoKey;
  readonly publicJwk: DevicePublicJwk;
  /** Of the last signature; 0 before the first. */
  readonly counter: number;
}

interface Schema extends DBSchema {
  /** One record, `device`. */
  keys: { key: string; value: DeviceKeyRecord };
}

const ID = 'device';

/**
 * One device key's database. It is opened for each need and closed again, so that no tab keeps another from deleting it; what several tabs do
 * at once is put in order by IndexedDB's transactions.
 */
export class DeviceKeyStore {
  readonly #database: string;

  constructor(name: string) {
    this.#database = `visavis-device-key-${name}`;
  }

  read(): Promise<DeviceKeyRecord | undefined> {
    return this.#openExisting((db) => db.get('keys', ID));
  }

  /** Of two tabs that make a key at the same time, the first one's counts. Returns the one that is kept. */
  keepFirst(fresh: DeviceKeyRecord): Promise<DeviceKeyRecord> {
    return this.#open(async (db) => {
      const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
      const first = await tx.store.get(ID);
      if (!first) await tx.store.put(fresh, ID);
      await tx.done;
      return first ?? fresh;
    });
  }

  /** Raises the counter, written to the disk before it is used: it does not go back when the power fails. Undefined where the key is gone. */
  countUp(publicJwk: DevicePublicJwk): Promise<number | undefined> {
    return this.#openExisting(async (db) => {
      const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
      const record = await tx.store.get(ID);
      const own = record?.publicJwk.x === publicJwk.x && record.publicJwk.y === publicJwk.y;
      const counter = own ? record.counter + 1 : undefined;
      if (own) await tx.store.put({ ...record, counter: record.counter + 1 }, ID);
      await tx.done;
      return counter;
    });
  }

  async delete(): Promise<void> {
    await this.#guard(() => deleteDB(this.#database));
  }

  #open<T>(task: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
    return this.#guard(async () => {
      const db = await openDB<Schema>(this.#database, 1, { upgrade: (fresh) => void fresh.createObjectStore('keys') });
      return closing(db, task);
    });
  }

  /** Looking for a key must not leave an empty database behind: undefined where there is none. */
  #openExisting<T>(task: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T | undefined> {
    return this.#guard(async () => {
      let absent = false;
      const opening = openDB<Schema>(this.#database, 1, {
        upgrade(_fresh, _old, _new, tx) {
          absent = true;
          tx.done.catch(() => undefined); // what the abort below is for
          tx.abort();
        },
      });
      try {
        return await closing(await opening, task);
      } catch (error) {
        if (absent) return undefined;
        throw error;
      }
    });
  }

  async #guard<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await task();
    } catch (cause) {
      throw new VisavisError('vault-unavailable', 'The device key cannot be kept in this browser window: it gives no database.', { cause });
    }
  }
}

async function closing<T>(db: IDBPDatabase<Schema>, task: (db: IDBPDatabase<Schema>) => Promise<T>): Promise<T> {
  try {
    return await task(db);
  } finally {
    db.close();
  }
}
