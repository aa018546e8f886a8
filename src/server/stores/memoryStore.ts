import type { AttemptLimits, ChallengeUse, ServerStore, StoredKey } from '../ServerStore.js';
import { EVERYWHERE, sourceName } from './attemptSources.js';

interface Count {
  tries: number;
  until: number;
}

/** A store that is gone with its process: for tests. Challenges that have expired are dropped as new ones are added. */
export function memoryStore(): ServerStore {
  const challenges = new Map<string, ChallengeUse & { readonly expiresAt: number }>();
  const keys = new Map<string, StoredKey>();
  const attempts = new Map<string, Map<string, Count>>();

  const isAlive = ({ challenge, subject, purpose }: ChallengeUse, now: number) => {
    const found = challenges.get(challenge);
    return found !== undefined && found.subject === subject && found.purpose === purpose && found.expiresAt >= now;
  };
  const take = (use: ChallengeUse, now: number) => isAlive(use, now) && challenges.delete(use.challenge);
  const withdraw = (subject: string, source: string) => {
    for (const name of [sourceName(source), EVERYWHERE]) {
      const count = attempts.get(subject)?.get(name);
      if (count && count.tries > 0) count.tries--;
    }
  };

  /* eslint-disable @typescript-eslint/require-await -- each call is one step, so nothing comes between its parts */
  return {
    async addChallenge(challenge, now) {
      for (const [name, { expiresAt }] of challenges) if (expiresAt < now) challenges.delete(name);
      challenges.set(challenge.challenge, challenge);
    },
    hasChallenge: async (use, now) => isAlive(use, now),
    takeChallenge: async (use, now) => take(use, now),
    async addKey(key, use, now) {
      if (!isAlive(use, now)) return 'challenge-unknown';
      const known = keys.get(key.keyId);
      if (known && known.subject !== key.subject) return 'key-taken';
      take(use, now);
      if (!known) keys.set(key.keyId, { ...key, counter: 0 });
      return 'accepted';
    },
    keysOf: async (subject) => [...keys.values()].filter((key) => key.subject === subject),
    async accept(use, { keyId, counter }, now) {
      if (!isAlive(use, now)) return 'challenge-unknown';
      const key = keys.get(keyId);
      if (key?.subject !== use.subject) return 'key-unknown';
      if (key.counter >= counter) return 'counter-back';
      take(use, now);
      keys.set(keyId, { ...key, counter });
      return 'accepted';
    },
    async forgetSubject(subject) {
      for (const [name, challenge] of challenges) if (challenge.subject === subject) challenges.delete(name);
      for (const [name, key] of keys) if (key.subject === subject) keys.delete(name);
    },
    beginAttempt: async ({ subject, source }, limits, now) => count(attempts, subject, source, limits, now),
    withdrawAttempt: async ({ subject, source }) => withdraw(subject, source),
    async forgiveAttempts({ subject, source }) {
      withdraw(subject, source);
      attempts.get(subject)?.delete(sourceName(source));
    },
    async forgetAttempts(subject) {
      attempts.delete(subject);
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
}

function count(attempts: Map<string, Map<string, Count>>, subject: string, source: string, limits: AttemptLimits, now: number) {
  for (const [name, counts] of attempts) {
    for (const [from, { until }] of counts) if (until < now) counts.delete(from);
    if (counts.size === 0) attempts.delete(name);
  }
  const counts = attempts.get(subject) ?? new Map<string, Count>();
  const own: [name: string, limit: number][] = [
    [sourceName(source), limits.perSource],
    [EVERYWHERE, limits.perSubject],
  ];
  const locks = own.flatMap(([name, limit]) => ((counts.get(name)?.tries ?? 0) >= limit ? [counts.get(name)!.until] : []));
  if (locks.length > 0) return Math.max(...locks);
  for (const [name] of own) counts.set(name, { tries: (counts.get(name)?.tries ?? 0) + 1, until: now + limits.lockTime });
  attempts.set(subject, counts);
  return null;
}
