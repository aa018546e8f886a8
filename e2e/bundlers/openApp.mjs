import { createServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serveFolders } from '../../tools/staticServer.mjs';
import { startServer } from './runCommand.mjs';

/** Milliseconds for a page to load, and for its answer: dev servers bundle what it needs first. */
const LIMIT = 180_000;
/** Dev servers write it into the file. */
const SOURCE_MAP = /^\/\/# sourceMappingURL=data:.*$/gm;

/**
 * @typedef {object} Opened what a browser saw of an app
 * @property {Record<string, unknown>} answer what check.js wrote
 * @property {string[]} complaints of the console, uncaught errors, files that were not found
 * @property {number} workerBytes gzip; of an inline worker as well
 */

/**
 * Opens a built app in the browser.
 * @param {import('./cells.mjs').Cell} cell
 * @param {string} folder where it was built
 * @param {import('playwright').Browser} browser
 * @returns {Promise<Opened>}
 */
export async function openApp(cell, folder, browser) {
  const site = cell.server
    ? await served(folder, cell.server)
    : await serveFolders({ '/': join(folder, cell.output ?? '.') }, { headers: {} });
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    /** @type {string[]} */
    const complaints = [];
    /** @type {Promise<number>[]} */
    const workers = [];
    page.on(
      'console',
      (message) => void (['warning', 'error'].includes(message.type()) && complaints.push(`${message.type()}: ${message.text()}`)),
    );
    page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
    page.on('response', (response) => void (response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`)));
    page.on('worker', (worker) => {
      const size = page
        .evaluate(async (url) => (await fetch(url)).text(), worker.url())
        .then((text) => gzipSync(text.replace(SOURCE_MAP, '')).length);
      workers.push(size.catch(() => 0));
    });
    await page.goto(site.url, { timeout: LIMIT });
    const text = await page
      .waitForFunction(() => document.querySelector('#answer')?.textContent, null, { timeout: LIMIT })
      .then(
        (found) => found.jsonValue(),
        () => JSON.stringify({ error: `no answer within ${LIMIT / 1000} s` }),
      );
    return { answer: JSON.parse(String(text)), complaints, workerBytes: Math.max(0, ...(await Promise.all(workers))) };
  } finally {
    await context.close();
    await site.close();
  }
}

async function served(/** @type {string} */ folder, /** @type {string[]} */ command) {
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const { close } = await startServer(
    folder,
    command.map((word) => word.replace('PORT', String(port))),
    url,
  );
  return { url, close };
}

/** @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}
