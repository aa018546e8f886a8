import type { DBSchema, IDBPDatabase } from 'idb';
import { throwIfAborted } from '../../shared/abortable.js';
import { assertOptions } from '../../shared/assertOptions.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import type { CallOptions } from '../../shared/options.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { bringUpToDate, type AttemptRecord, type PageClock } from './attemptClock.js';
import type { AttemptPolicy } from './AttemptPolicy.js';
import { grantAttempt, withdrawAttempt } from './attemptSteps.js';
import { deleteDatabase } from '../database/deleteDatabase.js';
import { inTransaction } from '../database/inTransaction.js';
import { onceMore } from '../database/onceMore.js';
import { openDatabase } from '../database/openDatabase.js';
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
 * Every method rejects with `vault-unavailable` where the browser keeps no data, or has no room left for it.
 */
export class Attempts {
  readonly #database: string;
  readonly #policy: AttemptPolicy;
  readonly #clock: PageClock;
  /** Names the last attempt that was granted to this object. */
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
    const status = await this.#change((record) => grantAttempt(record, this.#policy, grant), true);
    if (status.allowed) this.#grant = grant;
    return status;
  }

  /** The attempt succeeded: all failures are forgotten. */
  succeed(): Promise<AttemptStatus> {
    return this.reset();
  }

  /**
   * The attempt that `begin` of this object granted came to no decision (nobody there, canceled): it doesn't count, and the next one may be made
   * at once, unless another tab's attempt has brought a wait in the meantime.
   */
  withdraw(): Promise<AttemptStatus> {
    return this.#change((record) => withdrawAttempt(record, this.#policy, this.#grant));
  }

  /** Forgets all failures: after enrolling again, or when the person has proved who they are in another way. */
  reset(): Promise<AttemptStatus> {
    return this.#change((record) => ({ ...record, failures: 0, wait: 0 }));
  }

  /** Deletes the count. Throws `vault-unavailable` where another tab does not let go of it within 3 seconds, and `aborted`. */
  async erase(options: CallOptions = {}): Promise<void> {
    assertOptions(options, OPTION_NAMES.call, 'erase');
    throwIfAborted(options.signal);
    await deleteDatabase(this.#database, options.signal);
  }

  /** One transaction, so that tabs take turns. @param granted whether `allowed` is that of before the change */
  async #change(step: (record: AttemptRecord) => AttemptRecord, granted = false): Promise<AttemptStatus> {
    try {
      return await onceMore(async () => {
        const db = await openDatabase<Schema>(this.#database, (fresh) => void fresh.createObjectStore('attempts'));
        try {
          return await this.#changeIn(db, step, granted);
        } finally {
          db.close();
        }
      });
    } catch (cause) {
      throw storageError(cause, 'Failed attempts can’t be counted');
    }
  }

  async #changeIn(db: IDBPDatabase<Schema>, step: (record: AttemptRecord) => AttemptRecord, granted: boolean): Promise<AttemptStatus> {
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
    const { failures, wait } = after;
    return { allowed: (granted ? before : after).wait === 0, failures, wait, locked: failures >= this.#policy.lockAfter };
  }
}
