import type { IDBPTransaction } from 'idb';
import { inTransaction } from './inTransaction.js';
import { isSameRecord } from './isSameRecord.js';
import { LockChanged } from './LockChanged.js';
import { soundState } from './soundState.js';
import type { VaultConnection } from './VaultConnection.js';
import type { StoredTemplate, VaultSchema, VaultState } from './VaultSchema.js';

type Stores = ('keys' | 'templates')[];
type Transaction<M extends IDBTransactionMode> = IDBPTransaction<VaultSchema, Stores, M>;

/**
 * The vault's records. Every call is one transaction, which happens as a whole or not at all. It takes the epoch of the key under which the
 * caller reads or has sealed, and throws `LockChanged` where the database has another one by now; `vault-unavailable` where the database is
 * gone or full, and `template-invalid` where its state is damaged.
 */
export class VaultStore {
  readonly #connection: VaultConnection;

  constructor(connection: VaultConnection) {
    this.#connection = connection;
  }

  list(epoch: number): Promise<string[]> {
    return this.#transact(epoch, 'readonly', (tx) => tx.objectStore('templates').getAllKeys());
  }

  read(epoch: number, id: string): Promise<StoredTemplate | undefined> {
    return this.#transact(epoch, 'readonly', (tx) => tx.objectStore('templates').get(id));
  }

  readAll(epoch: number): Promise<StoredTemplate[]> {
    return this.#transact(epoch, 'readonly', (tx) => tx.objectStore('templates').getAll());
  }

  /** All of them or none. */
  write(epoch: number, records: readonly StoredTemplate[]): Promise<void> {
    return this.#transact(epoch, 'readwrite', async (tx) => {
      await Promise.all(records.map(async (record) => tx.objectStore('templates').put(record)));
    });
  }

  /** Replaces a record, or with null deletes it, only where it is still what was read. Returns whether it was. */
  replace(epoch: number, before: StoredTemplate, after: StoredTemplate | null): Promise<boolean> {
    return this.#transact(epoch, 'readwrite', async (tx) => {
      const templates = tx.objectStore('templates');
      const now = await templates.get(before.id);
      if (!now || !isSameRecord(now, before)) return false;
      await (after ? templates.put(after) : templates.delete(before.id));
      return true;
    });
  }

  delete(epoch: number, id: string): Promise<void> {
    return this.#transact(epoch, 'readwrite', (tx) => tx.objectStore('templates').delete(id));
  }

  /**
   * Changes the lock and, with it, records: all at once, where the records are still those that were read. Returns whether they were. The
   * epoch is then the next one.
   * @param before all records
   * @param after those that were sealed under the new key; others stay as they are
   */
  relock(epoch: number, before: readonly StoredTemplate[], after: readonly StoredTemplate[], lock: VaultState['lock']): Promise<boolean> {
    return this.#transact(epoch, 'readwrite', async (tx) => {
      const now = await tx.objectStore('templates').getAll();
      if (now.length !== before.length || !now.every((record, i) => isSameRecord(record, before[i]!))) return false;
      await Promise.all(after.map(async (record) => tx.objectStore('templates').put(record)));
      await tx.objectStore('keys').put({ epoch: epoch + 1, lock }, 'state');
      return true;
    });
  }

  close(): void {
    this.#connection.close();
  }

  /** Where the connection is lost on the way, the transaction has not happened, and happens once more on a new one. */
  #transact<T, M extends 'readonly' | 'readwrite'>(epoch: number, mode: M, work: (tx: Transaction<M>) => Promise<T>): Promise<T> {
    return this.#connection.use(async (db) => {
      // Strict: what a caller was told is kept is on the disk, also when the power fails the next moment.
      const tx = db.transaction<Stores, M>(['keys', 'templates'], mode, { durability: 'strict' });
      return inTransaction(tx, () => this.#within(epoch, tx, work));
    });
  }

  async #within<T, M extends 'readonly' | 'readwrite'>(
    epoch: number,
    tx: Transaction<M>,
    work: (tx: Transaction<M>) => Promise<T>,
  ): Promise<T> {
    const state = soundState(await tx.objectStore('keys').get('state'));
    if (state.epoch !== epoch) throw new LockChanged();
    return work(tx);
  }
}
