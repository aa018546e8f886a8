// A headless page that can import the sources, for tools that look inside the pipeline, where the library shows only its ends.
import { join } from 'node:path';
import { chromium } from 'playwright';
import { createServer } from 'vite';
import { findBrowser, LAUNCH_ARGS } from './browser.mjs';

const ROOT = join(import.meta.dirname, '..');

/**
 * @template T
 * @param {(page: import('playwright').Page) => Promise<T>} task
 * @param {Record<string, string>} [headers] in place of the dev server's own
 * @returns {Promise<T>}
 */
export function withDevPage(task, headers = {}) {
  return withDevServer(async (url) => {
    const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
    try {
      const page = await browser.newPage();
      await page.goto(url);
      return await task(page);
    } finally {
      await browser.close();
    }
  }, headers);
}

/**
 * @template T
 * @param {(url: string) => Promise<T>} task is given the address of the page, for browsers of its own
 * @param {Record<string, string>} [headers]
 * @returns {Promise<T>}
 */
export async function withDevServer(task, headers = {}) {
  // Not watched, so that saving a file meanwhile does not reload the page.
  const server = await createServer({
    root: ROOT,
    publicDir: 'public',
    appType: 'mpa',
    logLevel: 'warn',
    // The demo's policy does not apply to tools: their pictures come from elsewhere.
    server: { headers: { 'Content-Security-Policy': '', ...headers }, hmr: false, watch: null },
  });
  await server.listen();
  try {
    return await task(new URL('/tools/blank.html', server.resolvedUrls?.local[0]).href);
  } finally {
    await server.close();
  }
}
