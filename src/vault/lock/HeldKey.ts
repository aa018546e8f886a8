import { LockChanged } from '../database/LockChanged.js';
import { AGAIN, repeatedly } from '../database/repeatedly.js';
import type { VaultKey } from './VaultKey.js';

/** The key that a vault works with, through changes of its lock. */
export class HeldKey {
  #now: VaultKey;
  /** The last change of the lock by this vault, over once it resolves. Never rejects. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(key: VaultKey) {
    this.#now = key;
  }

  get now(): VaultKey {
    return this.#now;
  }

  /**
   * Runs a task under the key; again under the new one where this vault itself changed its lock meanwhile. The task gives the key's epoch
   * to every call of the store, which does nothing for another one. Throws `vault-locked` where somebody else changed the lock.
   */
  use<T>(task: (held: VaultKey) => Promise<T>): Promise<T> {
    return repeatedly(async () => {
      const held = this.#now;
      try {
        return await task(held);
      } catch (cause) {
        if (!(cause instanceof LockChanged)) throw cause;
        // The database may know of this vault's change before the vault itself does.
        await this.#changing;
        if (this.#now === held) throw cause;
        return AGAIN;
      }
    });
  }

  /** Puts another key in place of this one, after all changes that were asked for earlier. Resolves to the key before. */
  change(task: (held: VaultKey) => Promise<VaultKey>): Promise<VaultKey> {
    const change = this.#changing.then(async () => {
      const before = this.#now;
      this.#now = await task(before);
      return before;
    });
    this.#changing = change.catch(() => undefined);
    return change;
  }
}
