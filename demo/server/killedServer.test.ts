import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleServer, startServer, type RunningServer } from './fixtures/startServer.js';
import { challengeFor, claimsOf, register, sign, type Device } from './testClient.js';

const KILLS = Number(process.env.VISAVIS_KILLS ?? 2);
const CLIENTS = 8;

interface Acknowledged {
  readonly device: Device;
  /** Of the last login that the server acknowledged; 0 before the first. */
  counter: number;
  session: string;
}

/** Registers and logs in, again and again, until the server is gone; notes what it acknowledged. Gives what fetch threw then. */
async function work(server: RunningServer, own: string, kept: Acknowledged[]): Promise<TypeError> {
  try {
    for (let n = 0; ; n++) {
      const entry: Acknowledged = { device: await register(server, `${own} ${n}`), counter: 0, session: '' };
      if (!entry.device.handle) throw new Error('a registration was refused');
      kept.push(entry);
      for (let counter = 1; counter <= 2; counter++) {
        const { status, cookie } = await logIn(server, entry.device, counter);
        expect(status).toBe(201);
        Object.assign(entry, { counter, session: cookie.split(';')[0] });
      }
    }
  } catch (error) {
    // What fetch throws where the connection breaks.
    if (!(error instanceof TypeError)) throw error;
    return error;
  }
}

async function logIn(server: RunningServer, device: Device, counter: number) {
  const claims = claimsOf(device, await challengeFor(server, device.name), counter, Date.now());
  return server.send('POST', '/session', { name: device.name, assertion: await sign(device, claims) });
}

/** Waits for something that the clients do; a client that ends before was met by a fault, and is thrown. */
async function until(condition: () => boolean, clients: readonly Promise<TypeError>[]): Promise<void> {
  const ended = Promise.race(clients).then((cause) => {
    throw new Error('a client ended before the server was killed', { cause });
  });
  ended.catch(() => undefined); // afterwards they all do
  while (!condition()) await Promise.race([ended, new Promise((resolve) => setImmediate(resolve))]);
}

it('a server that is killed in the middle of writing is up again, with all that it acknowledged', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'visavis-killed-'));
  const database = join(folder, 'demo.sqlite');
  const script = await bundleServer();
  const first = performance.now();
  let server = await startServer(script, database);
  const since = (start: number) => Math.round(performance.now() - start);
  const figures = { kills: 0, acknowledged: 0, lost: 0, firstStartMs: since(first), longestOutageMs: 0 };
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const kept: Acknowledged[] = [];
      const clients = Array.from({ length: CLIENTS }, (_, client) => work(server, `k${kill} c${client}`, kept));
      // In the middle of its work, and not always of the same.
      await until(() => kept.length >= CLIENTS + (kill % 5), clients);
      await new Promise((resolve) => setTimeout(resolve, kill % 7));
      const gone = once(server.process, 'exit');
      server.process.kill('SIGKILL');
      await gone;
      const down = performance.now();
      figures.kills++;
      server = await startServer(script, database);
      figures.longestOutageMs = Math.max(figures.longestOutageMs, since(down));
      await Promise.all(clients);
      for (const { device, counter, session } of kept) {
        figures.acknowledged += 1 + counter;
        const { code } = await logIn(server, device, Math.max(counter, 1));
        if (counter > 0 && code !== 'counter-back') figures.lost++;
        if (counter === 0 && code !== undefined && code !== 'counter-back') figures.lost++;
        if (session && !(await server.send('GET', '/session', undefined, { cookie: session })).json.session) figures.lost++;
      }
    }
  } finally {
    server.process.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(figures);
  expect(figures).toMatchObject({ kills: KILLS, lost: 0 });
  expect(figures.acknowledged).toBeGreaterThanOrEqual(KILLS * CLIENTS);
}, 600_000);
