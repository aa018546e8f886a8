import type { IDBPDatabase } from 'idb';
import { VisavisError } from '../../shared/VisavisError.js';
import { onceMore } from './onceMore.js';
import { openDatabase, openExistingDatabase } from './openDatabase.js';
import { isSameKey, keepDeviceKey, readDeviceKey } from '../deviceKey/vaultDeviceKey.js';
import { VaultDeleted } from './VaultDeleted.js';
import { isConnectionLost, storageError } from './storageError.js';
import type { VaultSchema } from './VaultSchema.js';

type Database = IDBPDatabase<VaultSchema>;

const WHAT = 'Templates can’t be kept or read';

/**
 * A vault's connection to its database. Browsers close connections at will: in pages that were in the background, when the site's data is
 * deleted, or because another tab asks. Then it is opened once more, provided that the same vault is still there: one that was deleted
 * meanwhile, or made anew with another key, is `vault-unavailable`.
 */
export class VaultConnection {
  /** Encrypts the templates, or what the second lock holds. Not extractable. */
  readonly device: CryptoKey;
  readonly #database: string;
  /** Null after the connection was lost, until the next use. */
  #db: Promise<Database> | null;
  #closed = false;

  private constructor(database: string, db: Database, device: CryptoKey) {
    this.#database = database;
    this.#db = Promise.resolve(db);
    this.device = device;
  }

  /** Opens a vault's database, and makes it and its key where they are not there. Throws `vault-unavailable`, and `aborted`. */
  static async open(database: string, signal?: AbortSignal): Promise<VaultConnection> {
    if (!crypto.subtle) {
      throw new VisavisError('vault-unavailable', 'Templates can’t be encrypted on this page. Serve it over HTTPS, or from localhost.');
    }
    const attempt = async () => {
      const db = await openDatabase<VaultSchema>(database, createStores, signal);
      return closingOnFailure(db, async () => new VaultConnection(database, db, await keepDeviceKey(db)));
    };
    try {
      return await onceMore(attempt);
    } catch (cause) {
      throw storageError(cause, WHAT);
    }
  }

  /**
   * Runs a task on the database; once more, on a new connection, where the old one was lost before the task was done. Throws
   * `vault-unavailable`, and the errors of visavis that the task throws.
   */
  async use<T>(task: (db: Database) => Promise<T>): Promise<T> {
    const attempt = async () => {
      const current = this.#current();
      try {
        return await task(await current);
      } catch (cause) {
        if (isConnectionLost(cause)) this.#letGo(current);
        throw cause;
      }
    };
    try {
      return await onceMore(attempt);
    } catch (cause) {
      throw storageError(cause, WHAT);
    }
  }

  /** Closes it for good. */
  close(): void {
    this.#closed = true;
    if (this.#db) this.#letGo(this.#db);
  }

  /** What calls at the same time share. */
  #current(): Promise<Database> {
    if (this.#closed) throw new VisavisError('vault-unavailable', 'This vault was closed or erased. Open it again with openVault.');
    if (this.#db) return this.#db;
    const reopening = this.#reopen();
    reopening.catch(() => this.#letGo(reopening));
    return (this.#db = reopening);
  }

  #letGo(lost: Promise<Database>): void {
    // Another call may have opened a new one already.
    if (this.#db === lost) this.#db = null;
    lost.then((db) => db.close()).catch(() => undefined);
  }

  async #reopen(): Promise<Database> {
    const db = await openExistingDatabase<VaultSchema>(this.#database);
    if (!db) throw new VaultDeleted();
    return closingOnFailure(db, async () => {
      const key = await readDeviceKey(db);
      if (!key || !(await isSameKey(key, this.device))) throw new VaultDeleted();
      return db;
    });
  }
}

async function closingOnFailure<T>(db: Database, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (cause) {
    db.close();
    throw cause;
  }
}

function createStores(fresh: Database): void {
  fresh.createObjectStore('keys');
  fresh.createObjectStore('templates', { keyPath: 'id' });
}
