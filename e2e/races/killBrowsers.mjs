// Browsers that are killed while they write, and whether what was acknowledged is there afterwards.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../../tools/browser.mjs';

/** Milliseconds in which a browser has to say where it listens. */
const START = 180_000;
/** How many writes of a browser are acknowledged before it is killed, at least. */
const LEAST_WRITES = 3;

/** Browsers that run in process groups of their own: they end with this process, also where a test that ran out of time ends it. @type {Set<() => void>} */
const alive = new Set();
process.on('exit', () => alive.forEach((end) => end()));

/**
 * @param {string} url of a page that can import the sources
 * @param {number} kills
 * @param {(line: string) => void} [report]
 * @returns {Promise<{ acknowledged: number; lost: string[] }>}
 */
export async function killBrowsers(url, kills, report = () => {}) {
  const profile = await mkdtemp(join(tmpdir(), 'visavis-kills-'));
  /** @type {Map<string, number>} what was acknowledged last */
  const promised = new Map();
  /** @type {string[]} */
  const lost = [];
  let acknowledged = 0;
  const check = async (/** @type {import('playwright').Page} */ page) => {
    const found = await inPage(page, 'found');
    if (found.unreadable) lost.push(`${found.unreadable} records cannot be read`);
    for (const [what, n] of promised) {
      if (what !== 'locks' && !(found[what] >= n)) lost.push(`${what}: ${n} was acknowledged, ${found[what]} is there`);
      promised.set(what, found[what] ?? n);
    }
  };
  try {
    for (let n = 0; n <= kills; n++) {
      const { page, kill } = await open(profile, url);
      try {
        await check(page);
        if (n === kills) break;
        await page.exposeFunction('acknowledge', (/** @type {string} */ what, /** @type {number} */ value) => {
          promised.set(what, value);
          acknowledged++;
        });
        const before = acknowledged;
        const from = Math.max(0, ...promised.values()) + 1;
        const ended = inPage(page, 'write', from).then(() => {
          throw new Error('the page stopped writing before the browser was killed');
        });
        ended.catch(() => undefined); // it ends with the browser only
        while (acknowledged < before + LEAST_WRITES) await Promise.race([ended, sleep(5)]);
        await sleep(50 + ((n * 37) % 400));
      } finally {
        await kill();
      }
      report(`${n + 1} killed, ${acknowledged} writes acknowledged, ${lost.length} lost`);
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  return { acknowledged, lost };
}

/** @param {import('playwright').Page} page @param {'found' | 'write'} name @param {number} [from] @returns {Promise<Record<string, number>>} */
function inPage(page, name, from) {
  return page.evaluate(
    async ({ name, from }) => {
      const path = '/e2e/races/vaultWrites.ts';
      const { found, write } = await import(/* @vite-ignore */ path);
      return name === 'found' ? found() : write(from, /** @type {any} */ (globalThis).acknowledge);
    },
    { name, from },
  );
}

/** A browser whose process is ours to kill. @param {string} profile @param {string} url */
async function open(profile, url) {
  const args = [...LAUNCH_ARGS, '--headless', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'];
  // In a process group of its own, which is killed as a whole.
  const child = spawn(findBrowser(), args, { stdio: ['ignore', 'ignore', 'pipe'], detached: process.platform !== 'win32' });
  // One that cannot be started at all has no exit.
  const gone = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const end = () => {
    try {
      if (process.platform === 'win32') child.kill('SIGKILL');
      else if (child.pid) process.kill(-child.pid, 'SIGKILL');
    } catch (error) {
      // It has ended by itself: why is what counts.
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
    }
  };
  alive.add(end);
  const kill = async () => {
    end();
    await gone;
    alive.delete(end);
  };
  try {
    const address = await new Promise((resolve, reject) => {
      let text = '';
      const late = setTimeout(
        () => reject(new Error(`the browser did not say where it listens within ${START / 1000} s: ${text.slice(-300)}`)),
        START,
      );
      void gone.then(() => clearTimeout(late));
      child.once('error', reject);
      child.stderr.on('data', (part) => {
        const match = /ws:\/\/\S+/.exec((text += part));
        if (!match) return;
        clearTimeout(late);
        resolve(match[0]);
      });
      child.once('exit', () => reject(new Error(`the browser did not start: ${text.slice(-300)}`)));
    });
    const browser = await chromium.connectOverCDP(address);
    const page = await browser.contexts()[0].newPage();
    await page.goto(url);
    return { page, kill };
  } catch (error) {
    await kill();
    throw error;
  }
}
