import type { DevicePublicJwk } from '../../shared/MatchAssertion.js';
import type { ChallengeUse, ServerStore, StoredKey } from '../ServerStore.js';
import { sourceName } from './attemptSources.js';
import { REDIS_SCRIPTS } from './redisScripts.js';

/** A connected client of `redis` (4 or newer), or one of `ioredis`. */
export type RedisClient =
  { sendCommand(command: string[]): Promise<unknown> } | { call(command: string, ...values: string[]): Promise<unknown> };

export interface RedisStoreOptions {
  /** What the names of all its keys begin with; default `visavis:`. */
  readonly prefix?: string;
}

/**
 * A store in one Redis (6 or newer), not in a cluster. Each call is one script, which Redis runs in one step. Keys and counters have to last:
 * set `appendonly yes`, `appendfsync always` and `maxmemory-policy noeviction`, or a crash loses what was acknowledged. The client stays the
 * caller's, to connect and to close.
 */
export function redisStore(client: RedisClient, { prefix = 'visavis:' }: RedisStoreOptions = {}): ServerStore {
  // A client of ioredis has `sendCommand` too, which takes something else.
  const send = (command: string[]) => ('call' in client ? client.call(command[0]!, ...command.slice(1)) : client.sendCommand(command));
  const run = (name: keyof typeof REDIS_SCRIPTS, keys: string[], ...values: (string | number)[]) =>
    send(['EVAL', REDIS_SCRIPTS[name], String(keys.length), ...keys, ...values.map(String)]);

  const keyName = `${prefix}key:`;
  const challengesOf = (subject: string) => `${prefix}challenges:${subject}`;
  const keysOf = (subject: string) => `${prefix}keys:${subject}`;
  const attemptsOf = (subject: string) => `${prefix}attempts:${subject}`;
  const both = ({ challenge, subject }: ChallengeUse) => [`${prefix}challenge:${challenge}`, challengesOf(subject)];

  return {
    async addChallenge(use, now) {
      const lifetime = Math.max(1, Math.ceil(use.expiresAt - now) + 1);
      await run('addChallenge', both(use), use.subject, use.purpose, use.expiresAt, lifetime, now);
    },
    hasChallenge: async (use, now) => (await run('hasChallenge', both(use).slice(0, 1), use.subject, use.purpose, now)) === 1,
    takeChallenge: async (use, now) => (await run('takeChallenge', both(use), use.subject, use.purpose, now)) === 1,
    async addKey({ keyId, subject, publicJwk }, use, now) {
      const keys = [...both(use), keyName + keyId, keysOf(subject)];
      const values = [use.subject, use.purpose, now, subject, JSON.stringify(publicJwk), keyId];
      return (await run('addKey', keys, ...values)) as 'accepted';
    },
    async keysOf(subject) {
      const flat = (await run('keysOf', [keysOf(subject)], keyName)) as string[];
      const found: StoredKey[] = [];
      for (let at = 0; at < flat.length; at += 3) {
        const publicJwk = JSON.parse(flat[at + 1]!) as DevicePublicJwk;
        found.push({ keyId: flat[at]!, subject, publicJwk, counter: Number(flat[at + 2]) });
      }
      return found;
    },
    accept: async (use, { keyId, counter }, now) =>
      (await run('accept', [...both(use), keyName + keyId], use.subject, use.purpose, now, counter)) as 'accepted',
    async forgetSubject(subject) {
      await run('forgetSubject', [keysOf(subject), challengesOf(subject)], keyName);
    },
    async beginAttempt({ subject, source }, { perSource, perSubject, lockTime }, now) {
      const values = [sourceName(source), perSource, perSubject, lockTime, now, now + lockTime];
      const locked = (await run('beginAttempt', [attemptsOf(subject)], ...values)) as string;
      return locked === '' ? null : Number(locked);
    },
    async withdrawAttempt({ subject, source }) {
      await run('withdrawAttempt', [attemptsOf(subject)], sourceName(source), 0);
    },
    async forgiveAttempts({ subject, source }) {
      await run('withdrawAttempt', [attemptsOf(subject)], sourceName(source), 1);
    },
    async forgetAttempts(subject) {
      await send(['DEL', attemptsOf(subject)]);
    },
  };
}
