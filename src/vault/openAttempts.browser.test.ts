import { afterEach, describe, expect, it } from 'vitest';
import { Attempts } from './Attempts.js';
import { completePolicy } from './AttemptPolicy.js';
import { openAttempts } from './openAttempts.js';

let wall = 1_000_000;
let monotonic = 0;
const pass = (ms: number) => {
  wall += ms;
  monotonic += ms;
};
const policy = completePolicy({ free: 1, firstWait: 1000, lockAfter: 4, lockWait: 60_000 });
const tab = () => new Attempts('test', policy, () => ({ wall, monotonic }));

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
    pass(700);
    expect(await tab().begin()).toMatchObject({ allowed: true, failures: 3, wait: 2000 });
    pass(2000);
    expect(await a.begin()).toMatchObject({ allowed: true, failures: 4, wait: 60_000, locked: true });
    expect(await a.reset()).toMatchObject({ allowed: true, failures: 0, locked: false });
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

  it('loses no count when tabs try at the same time', async () => {
    const tabs = await Promise.all(Array.from({ length: 20 }, () => openAttempts({ name: 'test', free: 1000, lockAfter: 1000 })));
    await Promise.all(tabs.map((one) => one.begin()));
    expect((await tabs[0].status()).failures).toBe(20);
  });

  it('leaves nothing behind', async () => {
    const a = await openAttempts({ name: 'test' });
    await a.begin();
    await a.erase();
    expect((await indexedDB.databases()).map(({ name }) => name)).not.toContain('visavis-attempts-test');
  });
});
