import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
import type { ChallengeUse, ServerStore } from '../ServerStore.js';
import { sourceName } from './attemptSources.js';
import { POSTGRES_SCHEMA } from './postgresSchema.js';

/** A `Pool` or a connected `Client` of the package `pg`, or what has the same call. */
export interface PostgresClient {
  query(sql: string, values?: (string | number | boolean)[]): Promise<{ rows: unknown[] }>;
}

const ALIVE = 'FROM visavis_challenges WHERE challenge = $1 AND subject = $2 AND purpose = $3 AND expires_at >= $4';
const ADD_CHALLENGE = `
  WITH old AS (SELECT challenge FROM visavis_challenges WHERE expires_at < $5 LIMIT 100 FOR UPDATE SKIP LOCKED),
    gone AS (DELETE FROM visavis_challenges WHERE challenge IN (SELECT challenge FROM old))
  INSERT INTO visavis_challenges (challenge, subject, purpose, expires_at) VALUES ($1, $2, $3, $4)`;

/**
 * A store in PostgreSQL (11 or newer), with tables and functions of its own in the first schema of the search path; their names begin with
 * `visavis_`. Every call is one statement, so that a pool of connections and several servers may work at once. The pool stays the caller's,
 * to open and to close. Leave `synchronous_commit` on: what was acknowledged then outlives a crash.
 */
export async function postgresStore(client: PostgresClient): Promise<ServerStore> {
  await client.query(POSTGRES_SCHEMA);
  const rows = async (sql: string, ...values: (string | number | boolean)[]) =>
    (await client.query(sql, values)).rows as Record<string, unknown>[];
  /** What a function says. */
  const answer = async <T>(call: string, ...values: (string | number | boolean)[]) => {
    const [row] = await rows(`SELECT ${call} AS answer`, ...values);
    return row!.answer as T;
  };
  const alive = (use: ChallengeUse, now: number) => [use.challenge, use.subject, use.purpose, now] as const;

  return {
    async addChallenge({ challenge, subject, purpose, expiresAt }, now) {
      await rows(ADD_CHALLENGE, challenge, subject, purpose, expiresAt, now);
    },
    hasChallenge: async (use, now) => (await rows(`SELECT 1 ${ALIVE}`, ...alive(use, now))).length === 1,
    takeChallenge: async (use, now) => (await rows(`DELETE ${ALIVE} RETURNING 1`, ...alive(use, now))).length === 1,
    addKey: ({ keyId, subject, publicJwk }, use, now) =>
      answer('visavis_add_key($1, $2, $3, $4, $5, $6, $7)', keyId, subject, JSON.stringify(publicJwk), ...alive(use, now)),
    async keysOf(subject) {
      const found = await rows('SELECT key_id, public_jwk, counter FROM visavis_keys WHERE subject = $1', subject);
      return found.map((row) => ({
        ...{ keyId: row.key_id as string, subject, counter: Number(row.counter) },
        publicJwk: JSON.parse(row.public_jwk as string) as DevicePublicJwk,
      }));
    },
    accept: ({ challenge, subject, purpose }, { keyId, counter }, now) =>
      answer('visavis_accept($1, $2, $3, $4, $5, $6)', challenge, subject, purpose, keyId, counter, now),
    async forgetSubject(subject) {
      await answer('visavis_forget($1, false)', subject);
    },
    async beginAttempt({ subject, source }, { perSource, perSubject, lockTime }, now) {
      const values = [subject, sourceName(source), perSource, perSubject, lockTime, now];
      // A bigint arrives as text.
      const locked = await answer<string | number | null>('visavis_begin_attempt($1, $2, $3, $4, $5, $6)', ...values);
      return locked === null ? null : Number(locked);
    },
    async withdrawAttempt({ subject, source }) {
      await answer('visavis_withdraw_attempt($1, $2, false)', subject, sourceName(source));
    },
    async forgiveAttempts({ subject, source }) {
      await answer('visavis_withdraw_attempt($1, $2, true)', subject, sourceName(source));
    },
    async forgetAttempts(subject) {
      await answer('visavis_forget($1, true)', subject);
    },
  };
}
