import Sqlite from 'libsql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { bundleServer, startServer } from './fixtures/startServer.js';
import { challengeFor, claimsOf, newKey, openServer, register, sign, type Device, type TestServer } from './testClient.js';

/** What a statement says, which it does not tell itself. */
const TEXTS = new WeakMap<object, string>();
// eslint-disable-next-line @typescript-eslint/unbound-method -- called with the database as its `this`
const prepare = Sqlite.prototype.prepare;
Sqlite.prototype.prepare = function (this: Sqlite.Database, sql: string) {
  const statement = prepare.call(this, sql);
  TEXTS.set(statement, sql);
  return statement;
} as typeof prepare;
const STATEMENT = Object.getPrototypeOf(new Sqlite(':memory:').prepare('SELECT 1')) as Record<
  'run' | 'get' | 'all',
  (this: object, ...values: unknown[]) => unknown
>;

let server: TestServer;
let ann: Device;
beforeEach(async () => {
  server = openServer();
  ann = await register(server, 'ann');
});
afterEach(() => {
  vi.restoreAllMocks();
  server.close();
});

/** What the server does while it answers: every statement and every cryptographic operation, in order; and what it answers. */
async function workOf(task: () => ReturnType<TestServer['send']>) {
  const done: string[] = [];
  for (const name of ['run', 'get', 'all'] as const) {
    const real = STATEMENT[name];
    vi.spyOn(STATEMENT, name).mockImplementation(function (this: object, ...values: unknown[]) {
      done.push(`${name} ${TEXTS.get(this)}`);
      return real.apply(this, values);
    });
  }
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the database as its `this`
  const exec = Sqlite.prototype.exec;
  vi.spyOn(Sqlite.prototype, 'exec').mockImplementation(function (this: Sqlite.Database, sql) {
    done.push(`exec ${sql}`);
    return exec.call(this, sql);
  });
  for (const name of ['importKey', 'verify', 'digest', 'sign'] as const) {
    const real = crypto.subtle[name].bind(crypto.subtle) as (...args: unknown[]) => Promise<unknown>;
    vi.spyOn(crypto.subtle, name).mockImplementation(((...args: unknown[]) => {
      done.push(name);
      return real(...args);
    }) as never);
  }
  const { status, code, json } = await task();
  vi.restoreAllMocks();
  return { done, answer: { status, code, members: Object.keys(json) } };
}

it('a challenge takes the same work for names that nobody has', async () => {
  const known = await workOf(() => server.send('POST', '/challenges', { name: 'ann' }));
  const unknown = await workOf(() => server.send('POST', '/challenges', { name: 'bob' }));
  expect(known.done.length).toBeGreaterThan(2);
  expect(unknown).toEqual(known);
});

it.each([
  ['noise', () => 'a.b.c'],
  ['another’s key', async () => sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 1), {}, (await newKey()).privateKey)],
  ['another algorithm', async () => (await sign(ann, claimsOf(ann, 'A'.repeat(43), 1))).replace(/^[^.]+/, 'eyJhbGciOiJub25lIn0')],
  ['an answer of another account', async () => sign(ann, claimsOf(ann, await challengeFor(server, 'ann'), 1))],
])('a wrong login takes the same work and is told the same for names that nobody has: %s', async (_what, make) => {
  const assertion = await make();
  await register(server, 'cleo');
  const known = await workOf(() => server.send('POST', '/session', { name: 'cleo', assertion }));
  const unknown = await workOf(() => server.send('POST', '/session', { name: 'dave', assertion }));
  expect(known.done.length).toBeGreaterThan(5);
  expect(unknown).toEqual(known);
});

/** No test but a measurement, for the figures of docs/security.md: requests for a name that exists and for others, in turn. */
const PAIRS = Number(process.env.VISAVIS_NAME_PAIRS ?? 0);
it.runIf(PAIRS > 0)('times of challenges and of wrong logins', { timeout: 600_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-names-'));
  const running = await startServer(await bundleServer(), join(folder, 'demo.sqlite'));
  try {
    await register(running, 'known');
    const timed = async (path: string, name: string) => {
      const start = performance.now();
      await running.send('POST', path, path === '/session' ? { name, assertion: 'a.b.c' } : { name });
      return performance.now() - start;
    };
    const times = { '/challenges': [[], []], '/session': [[], []] } as Record<string, [number[], number[]]>;
    for (let pair = 0; pair < PAIRS; pair++) {
      for (const [path, [known, unknown]] of Object.entries(times)) {
        // Which comes first makes a difference of its own.
        const order = pair % 2 ? [0, 1] : [1, 0];
        for (const side of order) (side ? unknown : known).push(await timed(path, side ? `person ${pair % 10}` : 'known'));
      }
    }
    for (const [path, [known, unknown]] of Object.entries(times)) {
      const middle = quantile([...known, ...unknown], 0.5);
      const right = known.filter((ms) => ms > middle).length + unknown.filter((ms) => ms <= middle).length;
      const told = Math.max(right, 2 * PAIRS - right) / (2 * PAIRS);
      const figures = [known, unknown].map((all) => [0.05, 0.5, 0.95].map((share) => Number(quantile(all, share).toFixed(1))));
      console.log(path, { known: figures[0], unknown: figures[1], toldByOneRequest: `${(100 * told).toFixed(1)} %` });
    }
  } finally {
    running.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});

function quantile(values: number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * values.length)];
}
