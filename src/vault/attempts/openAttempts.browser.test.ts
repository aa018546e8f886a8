import { afterEach, describe, expect, it, vi } from 'vitest';
import { FACTORY } from '../../shared/factoryOnly.js';
import { Attempts } from './Attempts.js';
import type { PageClock } from './attemptClock.js';
import { completePolicy } from './AttemptPolicy.js';
import { openAttempts } from './openAttempts.js';

let wall = 1_000_000;
let monotonic = 0;
const pass = (ms: number) => {
  wall += ms;
  monotonic += ms;
};
const policy = completePolicy({ free: 1, firstWait: 1000, lockAfter: 4, lockWait: 60_000 });
/** A page of its own; the clock that is given is another object of the same page. */
const tab = (clock: PageClock = { now: () => ({ wall, monotonic }), last: null }) => new Attempts(FACTORY, 'test', policy, clock);

afterEach(async () => (await openAttempts({ name: 'test' })).erase());

describe('openAttempts', () => {
  it('slows failures down, across tabs and reloads, and locks', async () => {
    const [a, b] = [tab(), tab()];
    expect(await a.begin()).toMatchObject({ allowed: true, failures: 1, wait: 0 });
    expect(await b.begin()).toMatchObject({ allowed: true, failures: 2, wait: 1000 });
    expect(await a.begin()).toMatchObject({ allowed: false, failures: 2, wait: 1000 });
    pass(400);
    expect(await tab().status()).toMatchObject({ allowed: false, wait: 600 });
    wall -= 300_000;
    expect(await b.status()).toMatchObject({ allowed: false, wait: 600 });
    // Of the time before its first look a page knows nothing, where the clock was set back.
    const late = tab();
    pass(300);
    expect(await late.status()).toMatchObject({ allowed: false, wait: 600 });
    pass(700);
    expect(await late.begin()).toMatchObject({ allowed: true, failures: 3, wait: 2000 });
    pass(2000);
    expect(await a.begin()).toMatchObject({ allowed: true, failures: 4, wait: 60_000, locked: true });
    expect(await a.reset()).toMatchObject({ allowed: true, failures: 0, locked: false });
  });

  it('keeps a lock-out when the clock is set on, back, or on again, also for whoever opens the count anew', async () => {
    const options = { name: 'test', free: 1, firstWait: 3_600_000, longestWait: 3_600_000, lockAfter: 4, lockWait: 3_600_000 };
    const a = await openAttempts(options);
    await a.reset();
    while ((await a.status()).failures < 2) await a.begin();
    const real = Date.now;
    const hour = 3_600_000;
    try {
      for (const shift of [2, -10, 0, 24, -24, 0, 1e4]) {
        vi.spyOn(Date, 'now').mockImplementation(() => real() + shift * hour);
        for (const one of [a, await openAttempts(options), await openAttempts(options)]) {
          const { allowed, wait } = await one.begin();
          expect([allowed, wait > 0]).toEqual([false, true]);
        }
      }
    } finally {
      vi.restoreAllMocks();
    }
  });

  it('takes no part of the wait off twice when tabs look at the same time', async () => {
    const [a, b] = [tab(), tab()];
    await a.begin();
    await a.begin();
    await b.status();
    pass(300);
    const waits = await Promise.all([a.status(), b.status(), a.status(), b.status()]);
    expect(waits.map(({ wait }) => wait)).toEqual([700, 700, 700, 700]);
  });

  it('forgets failures after a success, and attempts that came to nothing', async () => {
    const a = tab();
    await a.begin();
    expect(await a.withdraw()).toMatchObject({ allowed: true, failures: 0 });
    await a.begin();
    await a.begin();
    expect(await a.withdraw()).toMatchObject({ allowed: true, failures: 1, wait: 0 });
    await a.begin();
    expect(await a.succeed()).toMatchObject({ allowed: true, failures: 0, wait: 0 });
  });

  it('imposes no wait that is over again when an attempt comes to nothing, and lifts none of another tab', async () => {
    const [a, b] = [tab(), tab()];
    for (const failures of [2, 5]) {
      while ((await a.status()).failures < failures) {
        await a.begin();
        pass(60_000);
      }
      for (let n = 0; n < 3; n++) {
        expect(await a.begin()).toMatchObject({ allowed: true, failures: failures + 1 });
        expect(await b.begin()).toMatchObject({ allowed: false });
        expect(await tab().status()).toMatchObject({ allowed: false });
        expect(await a.withdraw()).toMatchObject({ allowed: true, failures, wait: 0 });
      }
    }
    await a.begin();
    pass(60_000);
    expect(await b.begin()).toMatchObject({ allowed: true, failures: 7, wait: 60_000 });
    expect(await a.withdraw()).toMatchObject({ allowed: false, failures: 6, wait: 60_000 });
    expect(await b.withdraw()).toMatchObject({ allowed: true, failures: 5, wait: 0 });
  });

  it('takes back one granted attempt, once, and none for who was granted nothing', async () => {
    const [a, b] = [tab(), tab()];
    for (let n = 0; n < 4; n++) {
      await a.begin();
      pass(n < 3 ? 60_000 : 0);
    }
    const locked = { allowed: false, failures: 4, wait: 60_000, locked: true };
    // A page's `finally`, also where the attempt was refused, on this object or on another.
    for (const one of [a, b, tab()]) {
      expect(await one.begin()).toMatchObject(locked);
      expect(await one.withdraw()).toMatchObject(locked);
    }
    expect(await tab().withdraw()).toMatchObject(locked);
    pass(60_000);
    await a.begin();
    const both = await Promise.all([a.withdraw(), a.withdraw()]);
    expect(both).toMatchObject([{ failures: 4 }, { failures: 4 }]);
    expect(await a.withdraw()).toMatchObject({ failures: 4 });
  });

  it('takes no other tab’s attempt back for one that succeeded or was forgotten', async () => {
    const [a, b] = [tab(), tab()];
    for (const forget of [() => a.succeed(), () => a.reset(), () => a.erase()]) {
      await a.begin();
      await forget();
      await b.begin();
      expect(await a.withdraw()).toMatchObject({ failures: 1 });
      await b.reset();
    }
  });

  it('loses no count when tabs try at the same time', async () => {
    const tabs = await Promise.all(Array.from({ length: 20 }, () => openAttempts({ name: 'test', free: 1000, lockAfter: 1000 })));
    await Promise.all(tabs.map((one) => one.begin()));
    expect((await tabs[0].status()).failures).toBe(20);
  });

  it('leaves nothing behind, also where another tab is in the middle of an attempt', async () => {
    const kept = async () => (await indexedDB.databases()).map(({ name }) => name);
    const [a, b] = await Promise.all([openAttempts({ name: 'test' }), openAttempts({ name: 'test' })]);
    await a.begin();
    expect(await kept()).toContain('visavis-attempts-test');
    await b.erase();
    expect(await kept()).not.toContain('visavis-attempts-test');
    for (const ask of [() => a.status(), () => a.withdraw(), () => a.reset(), () => a.succeed()]) {
      expect(await ask()).toEqual({ allowed: true, failures: 0, wait: 0, locked: false });
      expect(await kept()).not.toContain('visavis-attempts-test');
    }
  });
});
