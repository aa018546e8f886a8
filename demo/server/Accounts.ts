import type { ServerStore } from '../../src/server.js';
import { lookAlikeKeys, nameKey } from './accountName.js';
import { ApiError } from './ApiError.js';
import type { Db } from './openDatabase.js';
import { RETENTION } from './ServerOptions.js';
import { hashToken, randomToken } from './tokens.js';

export interface Account {
  /** The handle: what assertions name as their subject. */
  readonly id: string;
  readonly name: string;
}

/** A registration takes less. */
const KEYLESS_MS = 60_000;

/** Whose name is whose. The keys of an account are in the store. */
export class Accounts {
  constructor(
    private readonly db: Db,
    private readonly store: ServerStore,
    private readonly now: () => number,
  ) {}

  /**
   * Trust on first use: whoever takes a name first owns it, and all that look like it. The name's own key gets its account again, with a new
   * token: the answer of before may have been lost on its way. Resolves to the account and the token that deletes it.
   *
   * @param keyId of the key that the registration proves
   * @param keep keeps the key for this account, or throws
   */
  async add(name: string, keyId: string, keep: (id: string) => Promise<void>): Promise<Account & { deletionToken: string }> {
    const old = this.db.prepare('SELECT id, name FROM accounts WHERE seen_at < ?').all(this.now() - RETENTION);
    for (const account of old as Account[]) await this.delete(account);
    await this.#deleteKeyless(name);
    const deletionToken = randomToken();
    const own = this.byKey(nameKey(name));
    if (own && (await this.store.keysOf(own.id)).some((key) => key.keyId === keyId)) {
      await keep(own.id);
      const sql = 'UPDATE accounts SET deletion_hash = ?, seen_at = ? WHERE id = ?';
      // Deleted just now, in another tab.
      if (this.db.prepare(sql).run(hashToken(deletionToken), this.now(), own.id).changes !== 1) throw new ApiError('unknown-account');
      return { ...own, deletionToken };
    }
    const account = { id: randomToken(), name, deletionToken };
    this.db.transaction(() => this.#insert(account)).immediate();
    try {
      await keep(account.id);
    } catch (error) {
      this.db.prepare('DELETE FROM accounts WHERE id = ?').run(account.id);
      throw error;
    }
    return account;
  }

  /** @param key as `nameKey` makes it */
  byKey(key: string): Account | undefined {
    return this.db.prepare('SELECT id, name FROM accounts WHERE name_key = ?').get(key) as Account | undefined;
  }

  byId(id: string): Account | undefined {
    return this.db.prepare('SELECT id, name FROM accounts WHERE id = ?').get(id) as Account | undefined;
  }

  isDeletionToken(id: string, token: string): boolean {
    return this.db.prepare('SELECT 1 FROM accounts WHERE id = ? AND deletion_hash = ?').get(id, hashToken(token)) !== undefined;
  }

  noteSeen(id: string): void {
    this.db.prepare('UPDATE accounts SET seen_at = ? WHERE id = ?').run(this.now(), id);
  }

  /** Deletes the account and all that hangs on it; its keys first, so that none is left without one. */
  async delete({ id, name }: Account): Promise<void> {
    await this.store.forgetSubject(id);
    await this.store.forgetAttempts(nameKey(name));
    this.db.prepare('DELETE FROM accounts WHERE id = ?').run(id);
  }

  #insert({ id, name, deletionToken }: Account & { deletionToken: string }): void {
    const insert = (sql: string, ...values: (string | number)[]) => {
      if (this.db.prepare(`${sql} ON CONFLICT DO NOTHING`).run(...values).changes !== 1) throw new ApiError('name-taken');
    };
    insert('INSERT INTO accounts VALUES (?, ?, ?, ?, ?)', id, name, nameKey(name), hashToken(deletionToken), this.now());
    for (const key of lookAlikeKeys(name)) insert('INSERT INTO look_alikes VALUES (?, ?)', key, id);
  }

  /** A server that was killed between an account and its key left a name that nobody can use. */
  async #deleteKeyless(name: string): Promise<void> {
    const [key, other = key] = lookAlikeKeys(name);
    const sql = 'SELECT id, name FROM accounts WHERE id IN (SELECT account_id FROM look_alikes WHERE key IN (?, ?)) AND seen_at < ?';
    for (const account of this.db.prepare(sql).all(key, other, this.now() - KEYLESS_MS) as Account[]) {
      if ((await this.store.keysOf(account.id)).length === 0) await this.delete(account);
    }
  }
}
