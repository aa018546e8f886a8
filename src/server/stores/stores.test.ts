import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerStore } from '../ServerStore.js';
import type { StartedStore } from '../fixtures/StartedStore.js';
import { findProgram } from '../fixtures/startProcess.js';
import { startPostgres } from '../fixtures/startPostgres.js';
import { startRedis } from '../fixtures/startRedis.js';
import { startSqlite } from '../fixtures/startSqlite.js';
import { startSqliteProcess } from '../fixtures/startSqliteProcess.js';
import { memoryStore } from './memoryStore.js';

const KILLS = Number(process.env.VISAVIS_KILLS ?? 2);
const NOW = 1_800_000_000_000;
const LIMITS = { perSource: 3, perSubject: 7, lockTime: 60_000 };
const publicJwk = { kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43) } as const;

const STORES: [name: string, start: () => Promise<StartedStore | undefined>, program?: string][] = [
  ['memory', () => Promise.resolve({ store: memoryStore(), stop: () => Promise.resolve() })],
  ['SQLite, direct', () => startSqlite('direct')],
  ['SQLite, preparing', () => startSqlite('preparing')],
  ['SQLite in a process of its own', startSqliteProcess],
  ['PostgreSQL', () => startPostgres(), 'postgres'],
  ['Redis by redis', () => startRedis('redis'), 'redis-server'],
  ['Redis by ioredis', () => startRedis('ioredis'), 'redis-server'],
];

let last = 0;
/** Names that no other test has, since the tests of a store share it. */
const fresh = (what: string) => `${what} ${++last}`;

async function newChallenge(store: ServerStore, subject: string, purpose = 'login', expiresAt = NOW + 60_000) {
  const use = { challenge: fresh('challenge'), subject, purpose };
  await store.addChallenge({ ...use, expiresAt }, NOW);
  return use;
}

async function newKey(store: ServerStore, subject: string) {
  const keyId = fresh('key');
  expect(await store.addKey({ keyId, subject, publicJwk }, await newChallenge(store, '', 'registration'), NOW)).toBe('accepted');
  return keyId;
}

for (const [name, start, program] of STORES) {
  const missing = program !== undefined && findProgram(program) === undefined;
  if (missing) console.warn(`SKIPPED: the store in ${name} (no ${program} here)`);

  describe.skipIf(missing)(name, () => {
    let started: StartedStore;
    beforeAll(async () => {
      started = (await start())!;
    }, 300_000);
    afterAll(() => started.stop(), 300_000);
    const slow = { timeout: 300_000 };

    it('takes a challenge once, for its subject and purpose, until it expires', async () => {
      const { store } = started;
      const use = await newChallenge(store, 'ann');
      for (const other of [{ subject: 'bo' }, { purpose: 'passkey' }, { challenge: 'none' }]) {
        expect(await store.hasChallenge({ ...use, ...other }, NOW)).toBe(false);
        expect(await store.takeChallenge({ ...use, ...other }, NOW)).toBe(false);
      }
      expect(await store.takeChallenge(use, NOW + 60_001)).toBe(false);
      expect(await store.hasChallenge(use, NOW + 60_000)).toBe(true);
      expect(await store.takeChallenge(use, NOW + 60_000)).toBe(true);
      expect(await store.hasChallenge(use, NOW)).toBe(false);
      expect(await store.takeChallenge(use, NOW)).toBe(false);
    });

    it('lets go of challenges for which nobody came', async ({ skip }) => {
      const { store, countChallenges } = started;
      if (!countChallenges) return skip();
      const subject = fresh('ann');
      // Redis counts lifetimes by its own clock: none may end while the test runs.
      for (let n = 60; n < 110; n++) await newChallenge(store, subject, 'login', NOW + n * 1000);
      expect(await countChallenges(subject)).toBe(50);
      const use = { challenge: fresh('challenge'), subject, purpose: 'login' };
      await store.addChallenge({ ...use, expiresAt: NOW + 120_000 }, NOW + 100_000);
      expect(await countChallenges(subject)).toBe(11);
      expect(await store.takeChallenge(use, NOW + 110_000)).toBe(true);
    });

    it('adds a key once, and takes the challenge only with it', async () => {
      const { store } = started;
      const [subject, other] = [fresh('ann'), fresh('bo')];
      const keyId = await newKey(store, subject);
      expect(await store.keysOf(subject)).toEqual([{ keyId, subject, publicJwk, counter: 0 }]);
      const use = await newChallenge(store, '', 'registration');
      expect(await store.addKey({ keyId, subject: other, publicJwk }, use, NOW)).toBe('key-taken');
      expect(await store.addKey({ keyId: fresh('key'), subject: other, publicJwk }, { ...use, purpose: 'login' }, NOW)).toBe(
        'challenge-unknown',
      );
      expect(await store.keysOf(other)).toEqual([]);
      expect(await store.hasChallenge(use, NOW)).toBe(true);
      const second = await newKey(store, subject);
      expect((await store.keysOf(subject)).map((key) => key.keyId).sort()).toEqual([keyId, second].sort());
    });

    it('accepts the key that a subject has already, takes the challenge and keeps the counter', async () => {
      const { store } = started;
      const subject = fresh('ann');
      const keyId = await newKey(store, subject);
      expect(await store.accept(await newChallenge(store, subject), { keyId, counter: 7 }, NOW)).toBe('accepted');
      const use = await newChallenge(store, '', 'registration');
      expect(await store.addKey({ keyId, subject, publicJwk }, use, NOW)).toBe('accepted');
      expect(await store.hasChallenge(use, NOW)).toBe(false);
      expect(await store.addKey({ keyId, subject, publicJwk }, use, NOW)).toBe('challenge-unknown');
      expect(await store.keysOf(subject)).toEqual([{ keyId, subject, publicJwk, counter: 7 }]);
      const old = await newChallenge(store, subject);
      expect(await store.accept(old, { keyId, counter: 7 }, NOW)).toBe('counter-back');
      // Still nobody else's.
      const other = await newChallenge(store, '', 'registration');
      expect(await store.addKey({ keyId, subject: fresh('bo'), publicJwk }, other, NOW)).toBe('key-taken');
      expect(await store.hasChallenge(other, NOW)).toBe(true);
    });

    it('adds a subject’s key once, however often at the same time, and accepts each challenge once', async () => {
      const { store } = started;
      for (let n = 0; n < 20; n++) {
        const [keyId, subject] = [fresh('key'), fresh('ann')];
        const uses = await Promise.all([1, 2, 3].map(() => newChallenge(store, '', 'registration')));
        const answers = await Promise.all([...uses, uses[0]].map((use) => store.addKey({ keyId, subject, publicJwk }, use, NOW)));
        expect(answers.sort()).toEqual(['accepted', 'accepted', 'accepted', 'challenge-unknown']);
        expect(await store.keysOf(subject)).toEqual([{ keyId, subject, publicJwk, counter: 0 }]);
      }
    });

    it('accepts rising counters only, and takes the challenge only with them', async () => {
      const { store } = started;
      const subject = fresh('ann');
      const keyId = await newKey(store, subject);
      const use = await newChallenge(store, subject);
      expect(await store.accept(use, { keyId, counter: 7 }, NOW)).toBe('accepted');
      expect(await store.accept(use, { keyId, counter: 8 }, NOW)).toBe('challenge-unknown');
      const next = await newChallenge(store, subject);
      for (const counter of [7, 6, 1]) expect(await store.accept(next, { keyId, counter }, NOW)).toBe('counter-back');
      const stranger = await newKey(store, fresh('bo'));
      expect(await store.accept(next, { keyId: stranger, counter: 8 }, NOW)).toBe('key-unknown');
      expect(await store.accept(next, { keyId: 'none', counter: 8 }, NOW)).toBe('key-unknown');
      expect(await store.accept(next, { keyId, counter: 2 ** 53 - 2 }, NOW)).toBe('accepted');
      const end = await newChallenge(store, subject);
      expect(await store.accept(end, { keyId, counter: 2 ** 53 - 2 }, NOW)).toBe('counter-back');
      expect(await store.accept(end, { keyId, counter: 2 ** 53 - 1 }, NOW)).toBe('accepted');
      expect(await store.keysOf(subject)).toMatchObject([{ counter: 2 ** 53 - 1 }]);
    });

    it('accepts one of two answers to a challenge at the same time, 200 times', slow, async () => {
      const { store } = started;
      const subject = fresh('ann');
      const keyId = await newKey(store, subject);
      for (let n = 1; n <= 200; n++) {
        const use = await newChallenge(store, subject);
        const counters = [2 * n, n % 2 ? 2 * n : 2 * n + 1];
        const answers = await Promise.all(counters.map((counter) => store.accept(use, { keyId, counter }, NOW)));
        expect(answers.sort()).toEqual(['accepted', 'challenge-unknown']);
      }
    });

    it('takes no counter back, of 100 answers to as many challenges in any order at the same time', slow, async () => {
      const { store } = started;
      const subject = fresh('ann');
      const keyId = await newKey(store, subject);
      const uses = await Promise.all(Array.from({ length: 100 }, () => newChallenge(store, subject)));
      const accepted: number[] = [];
      await Promise.all(
        uses.map(async (use, at) => {
          const counter = ((at * 37) % 100) + 1;
          const answer = await store.accept(use, { keyId, counter }, NOW);
          if (answer === 'accepted') accepted.push(counter);
          else expect(answer).toBe('counter-back');
        }),
      );
      expect(accepted).toContain(100);
      expect(await store.keysOf(subject)).toMatchObject([{ counter: 100 }]);
    });

    it('adds one of two keys alike at the same time', async () => {
      const { store } = started;
      for (let n = 0; n < 20; n++) {
        const [keyId, subjects] = [fresh('key'), [fresh('ann'), fresh('bo')]];
        const uses = await Promise.all(subjects.map(() => newChallenge(store, '', 'registration')));
        const answers = await Promise.all(subjects.map((subject, at) => store.addKey({ keyId, subject, publicJwk }, uses[at], NOW)));
        expect(answers.sort()).toEqual(['accepted', 'key-taken']);
      }
    });

    it('forgets a subject, and no other', async () => {
      const { store } = started;
      const [ann, bo] = [fresh('ann'), fresh('bo')];
      const keys = [await newKey(store, ann), await newKey(store, bo)];
      const [use, kept] = [await newChallenge(store, ann), await newChallenge(store, bo)];
      await store.forgetSubject(ann);
      expect([await store.keysOf(ann), await store.hasChallenge(use, NOW)]).toEqual([[], false]);
      expect(await store.keysOf(bo)).toMatchObject([{ keyId: keys[1] }]);
      expect(await store.hasChallenge(kept, NOW)).toBe(true);
      // Free again.
      const again = await newChallenge(store, '', 'registration');
      expect(await store.addKey({ keyId: keys[0], subject: bo, publicJwk }, again, NOW)).toBe('accepted');
    });

    it('counts wrong tries by source and altogether, until the last one is old', async () => {
      const { store } = started;
      const subject = fresh('ann');
      const tryFrom = (source: string, now = NOW) => store.beginAttempt({ subject, source }, LIMITS, now);
      for (let n = 0; n < 3; n++) expect(await tryFrom('a')).toBeNull();
      expect(await tryFrom('a', NOW + 1000)).toBe(NOW + 60_000);
      for (const source of ['', 'b', 'b', 'c']) expect(await tryFrom(source, NOW + 2000)).toBeNull();
      expect(await tryFrom('d', NOW + 3000)).toBe(NOW + 62_000);
      await store.withdrawAttempt({ subject, source: 'c' });
      expect(await tryFrom('d', NOW + 4000)).toBeNull();
      // The source's own count is over, the one of all goes on.
      expect(await tryFrom('a', NOW + 60_001)).toBe(NOW + 64_000);
      await store.forgiveAttempts({ subject, source: 'b' });
      expect(await tryFrom('a', NOW + 60_002)).toBeNull();
      await store.forgetAttempts(subject);
      for (let n = 0; n < 3; n++) expect(await tryFrom('b', NOW + 60_003)).toBeNull();
      expect(await tryFrom('b', NOW + 60_004)).toBe(NOW + 120_003);
    });

    it('judges no more tries at the same time than the limits allow', async () => {
      const { store } = started;
      const subject = fresh('ann');
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, at) => store.beginAttempt({ subject, source: `s${at % 3}` }, LIMITS, NOW)),
      );
      expect(answers.filter((answer) => answer === null)).toHaveLength(7);
    });

    it('has all that it acknowledged after it was killed', async ({ skip }) => {
      if (!started.killAndRestart) return skip('it lives in this process');
      const figures = { kills: 0, acknowledged: 0, lost: 0 };
      for (; figures.kills < KILLS; figures.kills++) {
        const { store } = started;
        const kept = Array.from({ length: 8 }, () => ({ subject: fresh('ann'), keyId: '', counter: 0, used: '' }));
        const clients = kept.map(async (entry) => {
          const { subject } = entry;
          try {
            const keyId = fresh('key');
            const use = await newChallenge(store, '', 'registration');
            if ((await store.addKey({ keyId, subject, publicJwk }, use, NOW)) === 'accepted') entry.keyId = keyId;
            for (let counter = 1; ; counter++) {
              const next = await newChallenge(store, subject);
              if ((await store.accept(next, { keyId, counter }, NOW)) !== 'accepted') throw new Error('refused');
              Object.assign(entry, { counter, used: next.challenge });
            }
          } catch (error) {
            // What the driver throws where the connection breaks.
            expect(error).not.toHaveProperty('message', 'refused');
            return error;
          }
        });
        const ended = Promise.race(clients).then((cause) => {
          throw new Error('a client ended before anything was killed', { cause });
        });
        ended.catch(() => undefined); // afterwards they all do
        while (kept.some(({ counter }) => counter < 1 + (figures.kills % 5))) {
          await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1))]);
        }
        await started.killAndRestart();
        await Promise.all(clients);
        for (const { subject, keyId, counter, used } of kept) {
          figures.acknowledged += 1 + counter;
          const [key] = await started.store.keysOf(subject);
          // The one that was under way may count, unacknowledged.
          if (key?.keyId !== keyId || key.counter < counter || key.counter > counter + 1) figures.lost++;
          if (await started.store.hasChallenge({ challenge: used, subject, purpose: 'login' }, NOW)) figures.lost++;
        }
      }
      console.log(name, figures);
      expect(figures).toMatchObject({ kills: KILLS, lost: 0 });
    }, 600_000);
  });
}
