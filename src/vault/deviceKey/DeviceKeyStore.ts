import type { DBSchema, IDBPDatabase } from 'idb';
import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
import { deleteDatabase } from '../database/deleteDatabase.js';
import { inTransaction } from '../database/inTransaction.js';
import { onceMore } from '../database/onceMore.js';
import { openDatabase, openExistingDatabase } from '../database/openDatabase.js';
import { storageError } from '../database/storageError.js';
import type { DeviceKeyRecord } from './DeviceKeyRecord.js';
import { soundDeviceKey } from './soundKeys.js';

interface Schema extends DBSchema {
  /** One record, `device`. */
  keys: { key: string; value: DeviceKeyRecord };
}

const ID = 'device';

/**
 * One device key's database. It is opened for each call and closed again, so that no tab keeps another from deleting it; IndexedDB's
 * transactions put in order what several tabs do at once. Every method throws `vault-unavailable` where the browser keeps no data, has no
 * room left for it, or what lies there is no key.
 */
export class DeviceKeyStore {
  readonly #database: string;

  constructor(name: string) {
    this.#database = `visavis-device-key-${name}`;
  }

  /** Looking for a key leaves no empty database behind. */
  read(): Promise<DeviceKeyRecord | undefined> {
    return this.#use(
      () => openExistingDatabase<Schema>(this.#database),
      async (db) => soundDeviceKey(await db?.get('keys', ID)),
    );
  }

  /** Of two tabs that make a key at the same time, the first one's counts. Returns the one that is kept. */
  keepFirst(fresh: DeviceKeyRecord): Promise<DeviceKeyRecord> {
    return this.#use(
      () => openDatabase<Schema>(this.#database, (empty) => void empty.createObjectStore('keys')),
      (db) => {
        const tx = db.transaction('keys', 'readwrite', { durability: 'strict' });
        return inTransaction(tx, async () => {
          const first = soundDeviceKey(await tx.store.get(ID));
          if (!first) await tx.store.put(fresh, ID);
          return first ?? fresh;
        });
      },
    );
  }

  /**
   * Raises the counter, and writes it to the disk before it is used: it doesn't go back when the power fails. Undefined where the key is
   * gone.
   */
  countUp(publicJwk: DevicePublicJwk): Promise<number | undefined> {
    return this.#use(
      () => openExistingDatabase<Schema>(this.#database),
      async (db) => {
        const tx = db?.transaction('keys', 'readwrite', { durability: 'strict' });
        if (!tx) return undefined;
        return inTransaction(tx, async () => {
          const record = soundDeviceKey(await tx.store.get(ID));
          if (record?.publicJwk.x !== publicJwk.x || record.publicJwk.y !== publicJwk.y) return undefined;
          const counter = record.counter + 1;
          await tx.store.put({ ...record, counter }, ID);
          return counter;
        });
      },
    );
  }

  /** Throws `vault-unavailable` where another tab holds on to the database, and `aborted`. */
  delete(signal: AbortSignal | undefined): Promise<void> {
    return deleteDatabase(this.#database, signal);
  }

  async #use<D extends IDBPDatabase<Schema> | undefined, T>(open: () => Promise<D>, task: (db: D) => Promise<T>): Promise<T> {
    try {
      return await onceMore(async () => {
        const db = await open();
        try {
          return await task(db);
        } finally {
          db?.close();
        }
      });
    } catch (cause) {
      throw storageError(cause, 'The device key can’t be kept or read');
    }
  }
}
