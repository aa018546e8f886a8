import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { VisavisError } from '../shared/VisavisError.js';
import { bringUpToDate, NO_ATTEMPTS, type AttemptRecord, type Clocks } from './attemptClock.js';
import { waitAfter, type AttemptPolicy } from './AttemptPolicy.js';
import { deleteDatabase } from './deleteDatabase.js';

interface Schema extends DBSchema {
  /** One record, `attempts`. */
  attempts: { key: string; value: AttemptRecord };
}

export interface AttemptStatus {
  /** Whether an attempt may be made now; of `begin`, whether it was granted. */
  readonly allowed: boolean;
  /** Failures in a row. */
  readonly failures: number;
  /** Milliseconds until the next attempt; Infinity where only `reset` helps. */
  readonly wait: number;
  /** Whether the failures are so many that the lock-out counts. */
  readonly locked: boolean;
}

const ID = 'attempts';

/**
 * Counts failed attempts and slows them down, for all tabs of this origin together, across reloads; made by `openAttempts`. It slows down who tries at
 * this page. Who controls the browser can delete the count: a server has to count for itself.
 */
export class Attempts {
  readonly #database: string;
  readonly #policy: AttemptPolicy;
  readonly #clocks: () => Clocks;
  /** When this page last brought the record up to date. */
  #last: Clocks | null = null;

  /** @internal Use `openAttempts`. */
  constructor(name: string, policy: AttemptPolicy, clocks: () => Clocks) {
    this.#database = `visavis-attempts-${name}`;
    this.#policy = policy;
    this.#clocks = clocks;
  }

  /** Whether an attempt may be made now, and how long to wait for it. */
  status(): Promise<AttemptStatus> {
    return this.#change((record) => record);
  }

  /**
   * Asks for an attempt. Where it is granted it counts as failed from now on, whatever becomes of the page; `succeed` or `withdraw` take that back.
   * Where it is not, nothing changes.
   */
  begin(): Promise<AttemptStatus> {
    return this.#change((record) => {
      if (record.wait > 0) return record;
      const failures = record.failures + 1;
      return { ...record, failures, wait: waitAfter(failures, this.#policy) };
    }, true);
  }

  /** The attempt was right: all failures are forgotten. */
  succeed(): Promise<AttemptStatus> {
    return this.reset();
  }

  /** The attempt came to no decision (nobody there, canceled): it does not count. */
  withdraw(): Promise<AttemptStatus> {
    return this.#change((record) => {
      const failures = Math.max(0, record.failures - 1);
      // What another tab's attempt has brought in the meantime stays.
      return { ...record, failures, wait: Math.min(record.wait, waitAfter(failures, this.#policy)) };
    });
  }

  /** Forgets all failures: after enrolling anew, or when the person proved otherwise who they are. */
  reset(): Promise<AttemptStatus> {
    return this.#change((record) => ({ ...NO_ATTEMPTS, seenAt: record.seenAt }));
  }

  /** Deletes the count. */
  erase(): Promise<void> {
    this.#last = null;
    return deleteDatabase(this.#database);
  }

  /** One transaction, so that tabs take turns. @param granted whether `allowed` is that of before the change */
  async #change(step: (record: AttemptRecord) => AttemptRecord, granted = false): Promise<AttemptStatus> {
    let db: IDBPDatabase<Schema> | undefined;
    try {
      db = await openDB<Schema>(this.#database, 1, {
        upgrade: (fresh) => void fresh.createObjectStore('attempts'),
        blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      });
      const tx = db.transaction('attempts', 'readwrite', { durability: 'strict' });
      const now = this.#clocks();
      const before = bringUpToDate((await tx.store.get(ID)) ?? NO_ATTEMPTS, now, this.#last);
      const after = step(before);
      await Promise.all([tx.store.put(after, ID), tx.done]);
      this.#last = now;
      const { failures, wait } = after;
      return { allowed: (granted ? before : after).wait === 0, failures, wait, locked: failures >= this.#policy.lockAfter };
    } catch (cause) {
      throw new VisavisError('vault-unavailable', 'Attempts cannot be counted in this browser window: it gives no database.', { cause });
    } finally {
      db?.close();
    }
  }
}
