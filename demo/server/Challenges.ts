import type { Db } from './openDatabase.js';
import { CHALLENGE_LIFETIME } from './ServerOptions.js';
import { randomToken } from './secrets.js';

export type ChallengePurpose = 'login' | 'passkey' | 'registration';

/**
 * Random texts to be signed: each for one subject and one purpose, once, and not for long. The subject is an account; for a name that nobody
 * has, something that looks like one; for a registration, nobody yet.
 */
export class Challenges {
  constructor(
    private readonly db: Db,
    private readonly now: () => number,
  ) {}

  issue(subject: string, purpose: ChallengePurpose): { challenge: string; expiresAt: number } {
    const challenge = randomToken();
    const expiresAt = this.now() + CHALLENGE_LIFETIME;
    this.db.run('DELETE FROM challenges WHERE expires_at < ?', [this.now()]);
    this.db.run('INSERT INTO challenges (challenge, subject, purpose, expires_at) VALUES (?, ?, ?, ?)', [
      ...[challenge, subject, purpose],
      expiresAt,
    ]);
    return { challenge, expiresAt };
  }

  /** Whether `use` would be true. */
  isAlive(challenge: string, subject: string, purpose: ChallengePurpose): boolean {
    const sql = 'SELECT 1 FROM challenges WHERE challenge = ? AND subject = ? AND purpose = ? AND expires_at >= ?';
    return this.db.get(sql, [challenge, subject, purpose, this.now()]) !== null;
  }

  /** True once, for a challenge that was given to this subject for this purpose and is still alive. */
  use(challenge: string, subject: string, purpose: ChallengePurpose): boolean {
    const sql = 'DELETE FROM challenges WHERE challenge = ? AND subject = ? AND purpose = ? AND expires_at >= ?';
    return this.db.run(sql, [challenge, subject, purpose, this.now()]).changes === 1;
  }
}
