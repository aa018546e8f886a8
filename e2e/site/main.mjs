// node e2e/site/main.mjs: what `npm run docs` built, in a browser: links, what axe finds, the search, a playground that runs, and sizes.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../../tools/browser.mjs';
import { checkLinks } from '../../tools/site/checkLinks.mjs';
import { serveFolders } from '../../tools/staticServer.mjs';

const SITE = join(import.meta.dirname, '../../site');
const BASE = process.env.DOCS_BASE ?? '/';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PAGES = ['index.html', 'start.html', 'errors.html', 'api/visavis/testing.html'];

/** @type {string[]} */
const faults = [];
const links = checkLinks(SITE, BASE);
faults.push(...links.faults);
console.log(`${links.pages} pages with ${links.links} links`);

// As on a host of files: no header, so no shared memory and one thread.
const server = await serveFolders({ [BASE.replace(/\/$/, '') || '/']: SITE }, { headers: {} });
const url = new URL(BASE, server.url).href;
const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
try {
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    const context = await browser.newContext({ colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(180_000);
    watch(page);
    for (const name of PAGES) {
      await page.goto(new URL(name, url).href);
      await page.locator('main, .VPContent').first().waitFor();
      faults.push(...(await objections(page)).map((fault) => `${name} (${colorScheme}): ${fault}`));
    }
    if (colorScheme === 'light') await search(page);
    await context.close();
  }
  await playground();
} finally {
  await browser.close();
  await server.close();
}
for (const line of sizes()) console.log(line);
for (const fault of faults) console.error(`FAULT ${fault}`);
console.log(faults.length === 0 ? 'the site works' : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Nothing outside of the site is asked for, and no script fails. @param {import('playwright').Page} page */
function watch(page) {
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(url) && !/^(data|blob):/.test(address)) faults.push(`${page.url()} asks for ${address}`);
  });
  page.on('pageerror', (error) => faults.push(`${page.url()}: ${error.message}`));
}

/** What axe finds. @param {import('playwright').Page} page @returns {Promise<string[]>} */
async function objections(page) {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { axe } = /** @type {any} */ (window);
    /** @type {{ violations: { id: string, nodes: { target: string[] }[] }[] }} */
    const { violations } = await axe.run();
    return violations.map(({ id, nodes }) => `${id}: ${[...new Set(nodes.map(({ target }) => target.join(' ')))].slice(0, 4).join(', ')}`);
  });
}

/** Finds an error by its code, and opens what was found. @param {import('playwright').Page} page */
async function search(page) {
  await page.goto(url);
  // What stands there before is the server's: a click on it is lost.
  await page.waitForFunction(() => '__vue_app__' in (document.querySelector('#app') ?? {}));
  await page.locator('.DocSearch-Button').first().click();
  await page.locator('.search-input').fill('template-incompatible');
  const first = page.locator('.results .result').first();
  await first.waitFor();
  await first.click();
  await page.waitForURL(/template-incompatible/);
  console.log(`the search for template-incompatible leads to ${page.url().slice(url.length)}`);
}

/** Compares two pictures, on one thread, and says that there is no server. */
async function playground() {
  const page = await browser.newPage();
  page.setDefaultTimeout(180_000);
  watch(page);
  await page.goto(new URL('playground/index.html', url).href);
  await page.locator('#engine-status[data-state=ready]').waitFor({ timeout: 300_000 });
  await page.locator('#server[data-server=none]').waitFor();
  await page.locator('#tab-compare').click();
  for (const [id, face] of [
    ['photo-a', 'person01-a-front'],
    ['photo-b', 'person01-b-window-left'],
  ]) {
    await page.locator(`#${id}`).setInputFiles(join(import.meta.dirname, '../fixtures/faces', `${face}.jpg`));
  }
  await page.locator('#compare-verdict[data-verdict=match]').waitFor({ timeout: 180_000 });
  console.log('the playground recognizes the same person in two pictures');
}

/** Bytes of the site's parts, and what the first page loads. */
function sizes() {
  const total = (/** @type {string} */ folder, /** @type {RegExp} */ pattern) =>
    readdirSync(join(SITE, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && pattern.test(entry.name))
      .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
  const index = readFileSync(join(SITE, 'index.html'), 'utf8');
  const loaded = [...index.matchAll(/(?:href|src)="([^"]+\.(?:js|css))"/g)].map(([, name = '']) => join(SITE, name.slice(BASE.length)));
  const compressed = [Buffer.from(index), ...[...new Set(loaded)].map((file) => readFileSync(file))]
    .map((bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }).length)
    .reduce((sum, bytes) => sum + bytes, 0);
  const kilobytes = (/** @type {number} */ bytes) => `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
  return [
    `first page with its scripts and styles, Brotli: ${kilobytes(compressed)}`,
    `index of the search: ${kilobytes(total('assets/chunks', /localSearchIndex/))}, loaded when somebody searches`,
    `playground: ${kilobytes(total('playground', /./))}; all: ${kilobytes(total('', /./))}`,
  ];
}
