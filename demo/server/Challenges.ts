import type { Db } from './openDatabase.js';
import { CHALLENGE_LIFETIME } from './ServerOptions.js';
import { randomToken } from './secrets.js';

export type ChallengePurpose = 'login' | 'passkey';

/** Random texts to be signed: each for one account and one purpose, once, and not for long. */
export class Challenges {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  issue(accountId: string, purpose: ChallengePurpose): { challenge: string; expiresAt: number } {
    const challenge = randomToken();
    const expiresAt = this.now() + CHALLENGE_LIFETIME;
    this.db.run('DELETE FROM challenges WHERE expires_at < ?', [this.now()]);
    this.db.run('INSERT INTO challenges (challenge, account_id, purpose, expires_at) VALUES (?, ?, ?, ?)', [
      ...[challenge, accountId, purpose],
      expiresAt,
    ]);
    return { challenge, expiresAt };
  }

  /** For a name that nobody has: what it gives looks the same, and opens nothing. */
  pretend(): { challenge: string; expiresAt: number } {
    return { challenge: randomToken(), expiresAt: this.now() + CHALLENGE_LIFETIME };
  }

  /** True once, for a challenge that was given to this account for this purpose and is still alive. */
  use(challenge: string, accountId: string, purpose: ChallengePurpose): boolean {
    const sql = 'DELETE FROM challenges WHERE challenge = ? AND account_id = ? AND purpose = ? AND expires_at >= ?';
    return this.db.run(sql, [challenge, accountId, purpose, this.now()]).changes === 1;
  }
}
