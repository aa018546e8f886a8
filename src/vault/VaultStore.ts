import type { IDBPTransaction } from 'idb';
import { VisavisError } from '../shared/VisavisError.js';
import { inTransaction } from './inTransaction.js';
import type { VaultConnection } from './VaultConnection.js';
import type { StoredTemplate, VaultSchema, VaultState } from './VaultSchema.js';

type Stores = ('keys' | 'templates')[];
type Transaction<M extends IDBTransactionMode> = IDBPTransaction<VaultSchema, Stores, M>;

/**
 * The vault's records. Every call is one transaction, which happens as a whole or not at all. It first checks that the lock is still the
 * one that the vault was opened with, and throws `vault-locked` where it is not; `vault-unavailable` where the database is gone or full.
 */
export class VaultStore {
  readonly #connection: VaultConnection;
  #epoch: number;

  constructor(connection: VaultConnection, epoch: number) {
    this.#connection = connection;
    this.#epoch = epoch;
  }

  list(): Promise<string[]> {
    return this.#transact('readonly', (tx) => tx.objectStore('templates').getAllKeys());
  }

  read(id: string): Promise<StoredTemplate | undefined> {
    return this.#transact('readonly', (tx) => tx.objectStore('templates').get(id));
  }

  readAll(): Promise<StoredTemplate[]> {
    return this.#transact('readonly', (tx) => tx.objectStore('templates').getAll());
  }

  /** All of them or none. */
  write(records: readonly StoredTemplate[]): Promise<void> {
    return this.#transact('readwrite', async (tx) => {
      await Promise.all(records.map(async (record) => tx.objectStore('templates').put(record)));
    });
  }

  /** Replaces a record only where it is still what was read. Returns whether it was. */
  replace(before: StoredTemplate, after: StoredTemplate): Promise<boolean> {
    return this.#transact('readwrite', async (tx) => {
      const now = await tx.objectStore('templates').get(before.id);
      if (!now || !isSame(now, before)) return false;
      await tx.objectStore('templates').put(after);
      return true;
    });
  }

  delete(id: string): Promise<void> {
    return this.#transact('readwrite', (tx) => tx.objectStore('templates').delete(id));
  }

  /** Changes the lock and every record at once, where the records are still those that were read. Returns whether they were. */
  relock(before: readonly StoredTemplate[], after: readonly StoredTemplate[], lock: VaultState['lock']): Promise<boolean> {
    return this.#transact('readwrite', async (tx) => {
      const now = await tx.objectStore('templates').getAll();
      if (now.length !== before.length || !now.every((record, i) => isSame(record, before[i]!))) return false;
      await Promise.all(after.map(async (record) => tx.objectStore('templates').put(record)));
      await tx.objectStore('keys').put({ epoch: this.#epoch + 1, lock }, 'state');
      return true;
    }).then((done) => {
      if (done) this.#epoch++;
      return done;
    });
  }

  /** The lock that the database has now, whoever set it. */
  lockInForce(): Promise<VaultState['lock']> {
    return this.#connection.use(async (db) => ((await db.get('keys', 'state')) as VaultState | undefined)?.lock ?? null);
  }

  close(): void {
    this.#connection.close();
  }

  /** Where the connection is lost on the way, the transaction has not happened, and happens once more on a new one. */
  #transact<T, M extends 'readonly' | 'readwrite'>(mode: M, work: (tx: Transaction<M>) => Promise<T>): Promise<T> {
    return this.#connection.use(async (db) => {
      // Strict: what a caller was told is kept is on the disk, also when the power fails the next moment.
      const tx = db.transaction<Stores, M>(['keys', 'templates'], mode, { durability: 'strict' });
      return inTransaction(tx, () => this.#within(tx, work));
    });
  }

  async #within<T, M extends 'readonly' | 'readwrite'>(tx: Transaction<M>, work: (tx: Transaction<M>) => Promise<T>): Promise<T> {
    const state = (await tx.objectStore('keys').get('state')) as VaultState | undefined;
    if ((state?.epoch ?? 0) !== this.#epoch) {
      throw new VisavisError('vault-locked', 'The vault’s lock was changed in another tab. Open the vault again.');
    }
    return work(tx);
  }
}

function isSame(a: StoredTemplate, b: StoredTemplate): boolean {
  if (a.id !== b.id) return false;
  // Every encryption has an initialization vector of its own: equal ones mean equal records.
  if (a.version === 1) return b.version === 1 && String(a.iv) === String(b.iv);
  return b.version === 2 && String(a.template) === String(b.template) && String(a.protectionKey) === String(b.protectionKey);
}
