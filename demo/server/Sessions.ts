import type { Db } from './openDatabase.js';
import { MAX_SESSIONS, SESSION_LIFETIME } from './ServerOptions.js';
import { hashToken, randomToken } from './tokens.js';

/** What the server was told when the session began. */
export interface SessionFacts {
  readonly model: string;
  readonly fmr: number;
  readonly frames: number;
  readonly liveness: readonly string[] | null;
  readonly passkey: boolean;
  readonly counter: number;
}

export interface Session {
  readonly accountId: string;
  readonly expiresAt: number;
  readonly facts: SessionFacts;
}

/** Who is signed in; of the cookie's token only a hash is kept. */
export class Sessions {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  begin(accountId: string, facts: SessionFacts): { token: string; expiresAt: number } {
    const token = randomToken();
    const expiresAt = this.now() + SESSION_LIFETIME;
    this.db.prepare('DELETE FROM sessions WHERE expires_at < ?').run(this.now());
    this.db.prepare('INSERT INTO sessions VALUES (?, ?, ?, ?)').run(hashToken(token), accountId, JSON.stringify(facts), expiresAt);
    const oldest = 'SELECT token_hash FROM sessions WHERE account_id = ? ORDER BY expires_at DESC, rowid DESC LIMIT -1 OFFSET ?';
    this.db.prepare(`DELETE FROM sessions WHERE token_hash IN (${oldest})`).run(accountId, MAX_SESSIONS);
    return { token, expiresAt };
  }

  find(token: string | undefined): Session | undefined {
    if (!token) return undefined;
    const sql = 'SELECT account_id, facts, expires_at FROM sessions WHERE token_hash = ? AND expires_at >= ?';
    const row = this.db.prepare(sql).get(hashToken(token), this.now()) as
      { account_id: string; facts: string; expires_at: number } | undefined;
    return row ? { accountId: row.account_id, expiresAt: row.expires_at, facts: JSON.parse(row.facts) as SessionFacts } : undefined;
  }

  /** From now on this session is one with a passkey, and all others of the account, opened without one, are over. */
  keepWithPasskey(token: string | undefined, { accountId, facts }: Session): void {
    const own = hashToken(token ?? '');
    this.db.prepare('DELETE FROM sessions WHERE account_id = ? AND token_hash <> ?').run(accountId, own);
    this.db.prepare('UPDATE sessions SET facts = ? WHERE token_hash = ?').run(JSON.stringify({ ...facts, passkey: true }), own);
  }

  end(token: string | undefined): void {
    if (token) this.db.prepare('DELETE FROM sessions WHERE token_hash = ?').run(hashToken(token));
  }
}
