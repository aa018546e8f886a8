import type { DevicePublicJwk } from '../../src/shared/MatchAssertion.js';
import { lookAlikeKeys, nameKey } from './accountName.js';
import { ApiError } from './ApiError.js';
import type { Db } from './openDatabase.js';
import { RETENTION } from './ServerOptions.js';
import { hashToken, randomToken } from './secrets.js';

export interface Account {
  /** The handle: what assertions name as their subject. */
  readonly id: string;
  readonly name: string;
  readonly keyId: string;
  readonly publicJwk: DevicePublicJwk;
}

interface Row {
  id: string;
  name: string;
  key_id: string;
  public_jwk: string;
}

/** Who is registered, with the public key of whose device. */
export class Accounts {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  /**
   * Trust on first use: whoever takes a name first owns it, and all that look like it. Returns the account and the token that deletes it. To
   * be called in a transaction.
   */
  add(name: string, keyId: string, publicJwk: DevicePublicJwk): { account: Account; deletionToken: string } {
    this.#prune();
    if (this.db.get('SELECT 1 FROM accounts WHERE key_id = ?', [keyId])) throw new ApiError('key-taken');
    const id = randomToken();
    const deletionToken = randomToken();
    const row = [id, name, nameKey(name), keyId, JSON.stringify(publicJwk), hashToken(deletionToken), this.now()];
    const sql = 'INSERT INTO accounts (id, name, name_key, key_id, public_jwk, deletion_hash, seen_at) VALUES (?, ?, ?, ?, ?, ?, ?)';
    if (this.db.run(`${sql} ON CONFLICT DO NOTHING`, row).changes !== 1) throw new ApiError('name-taken');
    for (const key of lookAlikeKeys(name)) {
      const { changes } = this.db.run('INSERT INTO look_alikes (key, account_id) VALUES (?, ?) ON CONFLICT DO NOTHING', [key, id]);
      if (changes !== 1) throw new ApiError('name-taken');
    }
    return { account: { id, name, keyId, publicJwk }, deletionToken };
  }

  byName(name: string): Account | undefined {
    const sql = 'SELECT id, name, key_id, public_jwk FROM accounts WHERE name_key = ?';
    return read(this.db.get(sql, [nameKey(name)]) as unknown as Row | null);
  }

  byId(id: string): Account | undefined {
    return read(this.db.get('SELECT id, name, key_id, public_jwk FROM accounts WHERE id = ?', [id]) as unknown as Row | null);
  }

  /** Takes note of a signature's counter; false where it is not higher than the last one. */
  advance(id: string, counter: number): boolean {
    return (
      this.db.run('UPDATE accounts SET counter = ?, seen_at = ? WHERE id = ? AND counter < ?', [counter, this.now(), id, counter])
        .changes === 1
    );
  }

  /** Deletes the account and all that hangs on it. */
  delete(id: string): void {
    this.db.run('DELETE FROM challenges WHERE subject = ?', [id]);
    this.db.run('DELETE FROM accounts WHERE id = ?', [id]);
  }

  /** Deletes it for who has the token that registration gave out; false for anyone else. */
  deleteByToken(id: string, token: string): boolean {
    return this.db.run('DELETE FROM accounts WHERE id = ? AND deletion_hash = ?', [id, hashToken(token)]).changes === 1;
  }

  #prune(): void {
    this.db.run('DELETE FROM accounts WHERE seen_at < ?', [this.now() - RETENTION]);
  }
}

function read(row: Row | null): Account | undefined {
  return row ? { id: row.id, name: row.name, keyId: row.key_id, publicJwk: JSON.parse(row.public_jwk) as DevicePublicJwk } : undefined;
}
