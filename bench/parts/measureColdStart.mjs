import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { chromium } from 'playwright';
import { BROWSER } from '../browserOptions.mjs';
import { MOUNTS } from '../folders.mjs';
import { serveBench } from '../server/serveBench.mjs';
import { takeTurns } from '../statistics/takeTurns.mjs';
import { addTransfers } from './addTransfers.mjs';

const PATIENCE_MS = 120_000;
const MEGABITS = [10, 50];
/** The line for a second visit. */
const WARM_MEGABITS = 10;
/** A browser that has just been started loads pages of its own for a while, on the same processors. */
const SETTLE_MS = 2500;
const COMPARED = ['visavis', 'face-api', 'human'].map((name) => ({ name }));
/** A page that shows the same pictures and starts a worker, and has no library: what of a second visit is the browser's. */
const NOTHING = { name: 'nothing' };

/**
 * From the start of a navigation to the first verdict on two pictures: with an empty cache, on lines of several speeds, and on a second
 * visit. Counts the bytes sent over the line meanwhile.
 * @param {import('../openBench.mjs').Bench} bench
 */
export async function measureColdStart({ browser, settings, log }) {
  const { before } = settings;
  /** @type {Record<string, string>} */
  const mounts = before ? { '/before/dist': join(before, 'dist'), '/before/models': join(before, 'public/models') } : {};
  const compared = [...COMPARED, ...(before ? [{ name: 'before' }] : [])];
  const server = await serveBench({ ...MOUNTS, ...mounts }, { compress: true });
  /** @param {import('playwright').BrowserContext} context @param {string} library @returns {Promise<number>} milliseconds */
  const visit = async (context, library) => {
    server.takeTransfers();
    const page = await context.newPage();
    // Its console is listened to, since asking the page takes a script of a quarter of a megabyte that would be read meanwhile.
    const said = page.waitForEvent('console', { predicate: (message) => message.text().startsWith('{"verdict"'), timeout: PATIENCE_MS });
    await Promise.all([said, page.goto(`${server.url}pages/cold/${library}.html`, { waitUntil: 'commit', timeout: PATIENCE_MS })]);
    const { ms, match, error } = JSON.parse((await said).text()).verdict;
    await page.close();
    if (error) throw new Error(`${library}: ${error}`);
    if (!match) throw new Error(`${library} took two pictures of one person for two people`);
    return ms;
  };
  /** @param {string} library */
  const firstVisit = async (library) => {
    const context = await browser.newContext();
    try {
      return await visit(context, library);
    } finally {
      await context.close();
    }
  };
  try {
    /** @type {Record<string, import('./addTransfers.mjs').Bytes>} */
    const cold = {};
    log('  compressing, once for each file …');
    for (const { name } of compared) {
      await firstVisit(name);
      cold[name] = addTransfers(server.takeTransfers());
      log(
        `  ${name}: ${(cold[name].total / 1e6).toFixed(2)} MB over the line (code ${(cold[name].code / 1e6).toFixed(2)}, models ${(cold[name].models / 1e6).toFixed(2)})`,
      );
    }
    const times = [];
    for (const megabits of MEGABITS) {
      server.throttle(megabits);
      const samples = await takeTurns(compared, settings.coldRounds, async ({ name }) => [await firstVisit(name)]);
      times.push({ cache: 'empty', megabits, results: compared.map(({ name }, i) => ({ name, ...samples[i] })) });
      log(
        `  empty cache, ${megabits} Mbit/s: ${compared.map(({ name }, i) => `${name} ${(samples[i].median / 1000).toFixed(2)} s`).join(', ')}`,
      );
    }

    /** @type {Record<string, import('./addTransfers.mjs').Bytes>} */
    const warm = {};
    const samples = await takeTurns([...compared, NOTHING], settings.coldRounds, async ({ name }) => {
      // A profile on disk, and a restarted browser that has come to rest, as for someone who comes back.
      const profile = await mkdtemp(join(tmpdir(), 'visavis-bench-'));
      try {
        let ms = 0;
        for (const megabits of [null, WARM_MEGABITS]) {
          server.throttle(megabits);
          const context = await chromium.launchPersistentContext(profile, BROWSER);
          try {
            if (megabits) await setTimeout(SETTLE_MS);
            ms = await visit(context, name);
          } finally {
            await context.close();
          }
        }
        warm[name] = addTransfers(server.takeTransfers());
        return [ms];
      } finally {
        await rm(profile, { recursive: true, force: true, maxRetries: 5 });
      }
    });
    times.push({ cache: 'warm', megabits: WARM_MEGABITS, results: compared.map(({ name }, i) => ({ name, ...samples[i] })) });
    const [nothing] = samples.slice(compared.length);
    log(
      `  second visit, ${WARM_MEGABITS} Mbit/s: ${compared.map(({ name }, i) => `${name} ${(samples[i].median / 1000).toFixed(2)} s`).join(', ')}; a page without a library ${(nothing.median / 1000).toFixed(2)} s`,
    );
    return { times, nothing, bytes: compared.map(({ name }) => ({ name, cold: cold[name], warm: warm[name] })) };
  } finally {
    await server.close();
  }
}
