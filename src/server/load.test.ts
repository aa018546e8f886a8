import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createChallenge } from './createChallenge.js';
import { bundleForNode } from './fixtures/bundleForNode.js';
import { end, findProgram } from './fixtures/startProcess.js';
import { startPostgres } from './fixtures/startPostgres.js';
import { LOAD_ORIGIN, TEST_MODEL, testDevice } from './fixtures/testDevice.js';
import { verifyAssertion } from './verifyAssertion.js';

/** For the figures of docs/server.md: `VISAVIS_LOAD=20` measures for 20 seconds with 200 clients. Without it a few logins have to be right. */
const SECONDS = Number(process.env.VISAVIS_LOAD ?? 0);
const CLIENTS = SECONDS > 0 ? 200 : 4;
const TIMEOUT = 600_000;

async function startServer(place: string) {
  const child = fork(await bundleForNode('loginServer'), [place]);
  onTestFinished(() => end(child, 'SIGKILL'));
  const [port] = (await once(child, 'message')) as [number];
  return async (step: string, body: object) => {
    const response = await fetch(`http://127.0.0.1:${port}/face/${step}`, {
      ...{ method: 'POST', body: JSON.stringify(body) },
      headers: { origin: LOAD_ORIGIN, 'content-type': 'application/json' },
    });
    return { status: response.status, json: (await response.json()) as { challenge: string } };
  };
}

/** Every client registers, then logs in again and again, its next login as soon as the last one is answered. */
async function load(place: string) {
  const send = await startServer(place);
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, async (_, n) => {
      const [device, name] = [await testDevice(LOAD_ORIGIN), `client ${n}`];
      const { challenge } = (await send('registration', {})).json;
      expect((await send('register', await device.register(challenge, name))).status).toBe(201);
      return { device, name };
    }),
  );
  const times = { challenge: [] as number[], login: [] as number[] };
  const timed = async (step: 'challenge' | 'login', body: object) => {
    const start = performance.now();
    const answer = await send(step, body);
    times[step].push(performance.now() - start);
    expect(answer.status).toBe(201);
    return answer.json;
  };
  const start = performance.now();
  const stop = start + SECONDS * 1000;
  await Promise.all(
    clients.map(async ({ device, name }) => {
      do {
        const { challenge } = await timed('challenge', { name });
        await timed('login', { name, assertion: await device.assert(challenge, name) });
      } while (performance.now() < stop);
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const figures = Object.entries(times).map(([step, all]) => [step, { p50: quantile(all, 0.5), p99: quantile(all, 0.99) }]);
  console.log(place.split(':')[0], {
    clients: CLIENTS,
    loginsPerSecond: Math.round(times.login.length / seconds),
    ...Object.fromEntries(figures),
  });
  expect(times.login.length).toBeGreaterThanOrEqual(CLIENTS);
}

function quantile(values: number[], share: number): string {
  return `${[...values].sort((a, b) => a - b)[Math.floor(share * values.length)].toFixed(1)} ms`;
}

it('clients log in at the same time, on SQLite', { timeout: TIMEOUT }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-load-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await load(join(folder, 'load.sqlite'));
});

const postgresIsHere = findProgram('postgres') !== undefined;
if (!postgresIsHere) console.warn('SKIPPED: logins at the same time on PostgreSQL (no postgres here)');

it.skipIf(!postgresIsHere)('clients log in at the same time, on PostgreSQL', { timeout: TIMEOUT }, async () => {
  const postgres = (await startPostgres({ fsync: SECONDS > 0 }))!;
  onTestFinished(() => postgres.stop());
  await load(postgres.address!);
});

it.runIf(SECONDS > 0)('assertions verified per second of one core', { timeout: TIMEOUT }, async () => {
  const device = await testDevice(LOAD_ORIGIN);
  const made = await Promise.all(Array.from({ length: 100 }, async () => device.assert((await createChallenge()).challenge, 'ann')));
  const { publicJwk, keyId } = device;
  const expected = { publicJwk, keyId, subject: 'ann', origin: LOAD_ORIGIN, models: [TEST_MODEL] };
  const round = async () => {
    for (const assertion of made) await verifyAssertion({ assertion }, expected);
  };
  await round(); // the compiler warms up
  const before = process.cpuUsage();
  let verified = 0;
  for (const stop = performance.now() + Math.min(SECONDS, 10) * 1000; performance.now() < stop; verified += made.length) await round();
  const { user, system } = process.cpuUsage(before);
  expect(verified).toBeGreaterThan(0);
  console.log({ verifiedPerCpuSecond: Math.round(verified / ((user + system) / 1e6)), verified });
});
