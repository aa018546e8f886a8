import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
import type { ChallengeUse, ServerStore } from '../ServerStore.js';
import { EVERYWHERE, sourceName } from './attemptSources.js';
import { sqliteStatements, type SqliteClient } from './sqliteStatements.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS visavis_challenges (
    challenge TEXT PRIMARY KEY, subject TEXT NOT NULL, purpose TEXT NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS visavis_keys (
    key_id TEXT PRIMARY KEY, subject TEXT NOT NULL, public_jwk TEXT NOT NULL, counter INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE IF NOT EXISTS visavis_attempts (
    subject TEXT NOT NULL, source TEXT NOT NULL, tries INTEGER NOT NULL, until INTEGER NOT NULL, PRIMARY KEY (subject, source)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS visavis_challenges_of ON visavis_challenges (subject);
  CREATE INDEX IF NOT EXISTS visavis_challenges_until ON visavis_challenges (expires_at);
  CREATE INDEX IF NOT EXISTS visavis_keys_of ON visavis_keys (subject);
  CREATE INDEX IF NOT EXISTS visavis_attempts_until ON visavis_attempts (until);
`;
const ALIVE = 'FROM visavis_challenges WHERE challenge = ? AND subject = ? AND purpose = ? AND expires_at >= ?';

/**
 * A store in a SQLite database (3.37 or newer), with tables of its own, whose names begin with `visavis_`. Each call is over before it
 * returns its promise; no transaction of the caller may be open then. The connection stays the caller's, to open and to close. Several
 * processes may share the file: set a `busy_timeout`.
 */
export function sqliteStore(client: SqliteClient): ServerStore {
  const db = sqliteStatements(client);
  db.exec(SCHEMA);

  const alive = (use: ChallengeUse, now: number) => [use.challenge, use.subject, use.purpose, now] as const;
  const take = (use: ChallengeUse, now: number) => db.run(`DELETE ${ALIVE}`, ...alive(use, now)) === 1;
  const withdraw = (subject: string, source: string) => {
    const sql = 'UPDATE visavis_attempts SET tries = tries - 1 WHERE subject = ? AND source IN (?, ?) AND tries > 0';
    db.run(sql, subject, sourceName(source), EVERYWHERE);
  };
  /** All statements count where the task resolves to `accepted` or null, and none else. */
  const together = <T>(task: () => T): T => {
    db.exec('BEGIN IMMEDIATE');
    let value: T;
    try {
      value = task();
      db.exec(value === 'accepted' || value === null ? 'COMMIT' : 'ROLLBACK');
    } catch (error) {
      try {
        db.exec('ROLLBACK');
      } catch {
        // A full disk, or one that fails, has ended the transaction already; what it failed with is told.
      }
      throw error;
    }
    return value;
  };

  /* eslint-disable @typescript-eslint/require-await -- the database answers at once; what it throws becomes a rejection */
  return {
    async addChallenge({ challenge, subject, purpose, expiresAt }, now) {
      db.run('DELETE FROM visavis_challenges WHERE expires_at < ?', now);
      const sql = 'INSERT INTO visavis_challenges (challenge, subject, purpose, expires_at) VALUES (?, ?, ?, ?)';
      db.run(sql, challenge, subject, purpose, expiresAt);
    },
    hasChallenge: async (use, now) => db.all(`SELECT 1 ${ALIVE}`, ...alive(use, now)).length === 1,
    takeChallenge: async (use, now) => take(use, now),
    addKey: async ({ keyId, subject, publicJwk }, use, now) =>
      together(() => {
        if (!take(use, now)) return 'challenge-unknown';
        const sql = 'INSERT INTO visavis_keys (key_id, subject, public_jwk) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
        if (db.run(sql, keyId, subject, JSON.stringify(publicJwk)) === 1) return 'accepted';
        const own = db.all('SELECT 1 FROM visavis_keys WHERE key_id = ? AND subject = ?', keyId, subject);
        return own.length === 1 ? 'accepted' : 'key-taken';
      }),
    keysOf: async (subject) =>
      db.all('SELECT key_id, public_jwk, counter FROM visavis_keys WHERE subject = ?', subject).map((row) => ({
        ...{ keyId: row.key_id as string, subject, counter: Number(row.counter) },
        publicJwk: JSON.parse(row.public_jwk as string) as DevicePublicJwk,
      })),
    accept: async (use, { keyId, counter }, now) =>
      together(() => {
        if (!take(use, now)) return 'challenge-unknown';
        const raise = 'UPDATE visavis_keys SET counter = ? WHERE key_id = ? AND subject = ? AND counter < ?';
        if (db.run(raise, counter, keyId, use.subject, counter) === 1) return 'accepted';
        const known = db.all('SELECT 1 FROM visavis_keys WHERE key_id = ? AND subject = ?', keyId, use.subject);
        return known.length === 1 ? 'counter-back' : 'key-unknown';
      }),
    forgetSubject: async (subject) =>
      void together(() => {
        db.run('DELETE FROM visavis_challenges WHERE subject = ?', subject);
        db.run('DELETE FROM visavis_keys WHERE subject = ?', subject);
        return null;
      }),
    beginAttempt: async ({ subject, source }, { perSource, perSubject, lockTime }, now) =>
      together(() => {
        db.run('DELETE FROM visavis_attempts WHERE until < ?', now);
        const full = '(source = ? AND tries >= ?) OR (source = ? AND tries >= ?)';
        const sql = `SELECT max(until) AS until FROM visavis_attempts WHERE subject = ? AND (${full})`;
        const [row] = db.all(sql, subject, sourceName(source), perSource, EVERYWHERE, perSubject);
        if (row && row.until !== null) return Number(row.until);
        const count =
          'INSERT INTO visavis_attempts VALUES (?, ?, 1, ?) ON CONFLICT DO UPDATE SET tries = tries + 1, until = excluded.until';
        for (const name of [sourceName(source), EVERYWHERE]) db.run(count, subject, name, now + lockTime);
        return null;
      }),
    withdrawAttempt: async ({ subject, source }) => withdraw(subject, source),
    forgiveAttempts: async ({ subject, source }) =>
      void together(() => {
        withdraw(subject, source);
        db.run('DELETE FROM visavis_attempts WHERE subject = ? AND source = ?', subject, sourceName(source));
        return null;
      }),
    forgetAttempts: async (subject) => void db.run('DELETE FROM visavis_attempts WHERE subject = ?', subject),
  };
  /* eslint-enable @typescript-eslint/require-await */
}
