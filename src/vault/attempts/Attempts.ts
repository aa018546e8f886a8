import type { DBSchema, IDBPDatabase } from 'idb';
import { throwIfAborted } from '../../shared/abortable.js';
import { assertOptions } from '../../shared/assertOptions.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import type { CallOptions } from '../../shared/options.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { bringUpToDate, NO_ATTEMPTS, type AttemptRecord, type PageClock } from './attemptClock.js';
import type { AttemptPolicy } from './AttemptPolicy.js';
import { grantAttempt, withdrawAttempt } from './attemptSteps.js';
import { deleteDatabase } from '../database/deleteDatabase.js';
import { inTransaction } from '../database/inTransaction.js';
import { onceMore } from '../database/onceMore.js';
import { openDatabase, openExistingDatabase } from '../database/openDatabase.js';
import { soundRecord } from '../sealed/soundRecord.js';
import { storageError } from '../database/storageError.js';

interface Schema extends DBSchema {
  /** One record, `attempts`. */
  attempts: { key: string; value: AttemptRecord };
}

export interface AttemptStatus {
  /** Whether an attempt may be made now; of `begin`, whether it was granted. */
  readonly allowed: boolean;
  /** Failures in a row. */
  readonly failures: number;
  /** Milliseconds until the next attempt; Infinity if only `reset` helps. */
  readonly wait: number;
  /** Whether there are so many failures that the lockout applies. */
  readonly locked: boolean;
}

const ID = 'attempts';

/**
 * Counts failed attempts and slows them down, for all tabs of this origin together and across reloads; made by `openAttempts`. It slows
 * down people who try at this page. Whoever controls the browser can delete the count: a server has to keep its own.
 *
 * Make one attempt at a time with each object, and open another for one beside it: `withdraw` knows only what `begin` answered last.
 *
 * Every method rejects with `vault-unavailable` where the browser keeps no data, or has no room left for it.
 */
export class Attempts {
  readonly #database: string;
  readonly #policy: AttemptPolicy;
  readonly #clock: PageClock;
  /** Names the attempt that was granted to this object and is not taken back yet; null where the last `begin` was refused. */
  #grant: string | null = null;

  /** @internal Use `openAttempts`. */
  constructor(factory: symbol, name: string, policy: AttemptPolicy, clock: PageClock) {
    assertFactory(factory, 'Attempts', 'openAttempts');
    this.#database = `visavis-attempts-${name}`;
    this.#policy = policy;
    this.#clock = clock;
  }

  /** Whether an attempt may be made now, and how long to wait for it. */
  status(): Promise<AttemptStatus> {
    return this.#change((record) => record);
  }

  /**
   * Asks for an attempt. If it is granted, it counts as failed from now on, whatever becomes of the page; `succeed` or `withdraw` take that
   * back. Otherwise nothing changes.
   */
  async begin(): Promise<AttemptStatus> {
    const grant = String(crypto.getRandomValues(new Uint32Array(4)));
    const step = (record: AttemptRecord) => grantAttempt(record, this.#policy, grant);
    const status = await this.#using(
      () => openDatabase<Schema>(this.#database, (fresh) => void fresh.createObjectStore('attempts')),
      (db) => this.#changeIn(db, step, true),
    );
    this.#grant = status.allowed ? grant : null;
    return status;
  }

  /** The attempt succeeded: all failures are forgotten. */
  succeed(): Promise<AttemptStatus> {
    return this.reset();
  }

  /**
   * The attempt that `begin` of this object granted came to no decision (nobody there, canceled): it doesn't count, and the next one may be made
   * at once, unless another tab's attempt has brought a wait in the meantime. Once for each attempt: without one, such as after a `begin` that
   * was refused, nothing changes.
   */
  async withdraw(): Promise<AttemptStatus> {
    const grant = this.#grant;
    if (grant === null) return this.status();
    // Taken at once, so that of two calls at the same time only one takes the attempt back.
    this.#grant = null;
    try {
      return await this.#change((record) => withdrawAttempt(record, this.#policy, grant));
    } catch (cause) {
      this.#grant ??= grant;
      throw cause;
    }
  }

  /** Forgets all failures: after enrolling again, or when the person has proved who they are in another way. */
  async reset(): Promise<AttemptStatus> {
    const status = await this.#change((record) => ({ ...record, failures: 0, wait: 0 }));
    this.#grant = null;
    return status;
  }

  /**
   * Deletes the count. Throws `vault-unavailable` where another tab does not let go of it within 3 seconds (10 where that waits for another
   * deletion), and `aborted`; the browser then deletes it once it can.
   */
  async erase(options: CallOptions = {}): Promise<void> {
    assertOptions(options, OPTION_NAMES.call, 'erase');
    throwIfAborted(options.signal);
    await deleteDatabase(this.#database, options.signal);
    this.#grant = null;
  }

  /** Looking at a count, or taking something off it, leaves no empty database behind: where there is none, nothing has failed. */
  #change(step: (record: AttemptRecord) => AttemptRecord): Promise<AttemptStatus> {
    return this.#using(
      () => openExistingDatabase<Schema>(this.#database),
      async (db) => (db ? this.#changeIn(db, step) : this.#statusOf(NO_ATTEMPTS)),
    );
  }

  async #using<D extends IDBPDatabase<Schema> | undefined>(
    open: () => Promise<D>,
    task: (db: D) => Promise<AttemptStatus>,
  ): Promise<AttemptStatus> {
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
      throw storageError(cause, 'Failed attempts can’t be counted');
    }
  }

  /** One transaction, so that tabs take turns. @param granted whether `allowed` is that of before the change */
  async #changeIn(db: IDBPDatabase<Schema>, step: (record: AttemptRecord) => AttemptRecord, granted = false): Promise<AttemptStatus> {
    const tx = db.transaction('attempts', 'readwrite', { durability: 'strict' });
    const [before, after] = await inTransaction(tx, async () => {
      const kept: unknown = await tx.store.get(ID);
      // Only now has this transaction its turn: of several at once, none may count the same time again.
      const now = this.#clock.now();
      const current = bringUpToDate(soundRecord(kept, this.#policy, now), now, this.#clock.last);
      const changed = step(current);
      await tx.store.put(changed, ID);
      this.#clock.last = now;
      return [current, changed];
    });
    return this.#statusOf(after, granted ? before : after);
  }

  #statusOf({ failures, wait }: AttemptRecord, asked: { readonly wait: number } = { wait }): AttemptStatus {
    return { allowed: asked.wait === 0, failures, wait, locked: failures >= this.#policy.lockAfter };
  }
}
