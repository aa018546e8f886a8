import type { IDBPDatabase, IDBPTransaction } from 'idb';
import { VisavisError } from '../shared/VisavisError.js';
import type { StoredTemplate, VaultSchema, VaultState } from './VaultSchema.js';

type Stores = ('keys' | 'templates')[];
type Transaction<M extends IDBTransactionMode> = IDBPTransaction<VaultSchema, Stores, M>;

/**
 * The vault's database. Every call is one transaction, which happens wholly or not at all, and starts by looking whether the lock is still the
 * one that the vault was opened with.
 */
export class VaultStore {
  readonly #db: IDBPDatabase<VaultSchema>;
  #epoch: number;

  constructor(db: IDBPDatabase<VaultSchema>, epoch: number) {
    this.#db = db;
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
      await Promise.all(records.map((record) => tx.objectStore('templates').put(record)));
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
      await Promise.all(after.map((record) => tx.objectStore('templates').put(record)));
      await tx.objectStore('keys').put({ epoch: this.#epoch + 1, lock }, 'state');
      return true;
    }).then((done) => {
      if (done) this.#epoch++;
      return done;
    });
  }

  close(): void {
    this.#db.close();
  }

  async #transact<T, M extends 'readonly' | 'readwrite'>(mode: M, work: (tx: Transaction<M>) => Promise<T>): Promise<T> {
    try {
      // Strict: what a caller was told is kept is on the disk, also when the power fails the next moment.
      const tx = this.#db.transaction<Stores, M>(['keys', 'templates'], mode, { durability: 'strict' });
      const [result] = await Promise.all([this.#within(tx, work), tx.done]);
      return result;
    } catch (cause) {
      if (cause instanceof VisavisError) throw cause;
      throw new VisavisError('vault-unavailable', 'The template store could not be read or written: reload the page and try again.', {
        cause,
      });
    }
  }

  async #within<T, M extends 'readonly' | 'readwrite'>(tx: Transaction<M>, work: (tx: Transaction<M>) => Promise<T>): Promise<T> {
    const state = (await tx.objectStore('keys').get('state')) as VaultState | undefined;
    if ((state?.epoch ?? 0) !== this.#epoch) {
      throw new VisavisError('vault-locked', 'The vault’s lock was changed in another tab: open the vault again.');
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
