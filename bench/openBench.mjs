import { chromium } from 'playwright';
import { BROWSER } from './browserOptions.mjs';
import { MOUNTS } from './folders.mjs';
import { makeCamera } from './makeCamera.mjs';
import { serveBench } from './server/serveBench.mjs';

/**
 * @typedef {{ quick: boolean, rounds: number, runs: number, coldRounds: number, liveRounds: number, liveSeconds: number, frames: number,
 *   before: string | null }} Settings
 *   `rounds` turns of `runs` each; `coldRounds` first visits; `liveRounds` times `liveSeconds` of live camera; `frames` for memory;
 *   `before`: a built checkout of another version, for first visits
 * @typedef {{
 *   browser: import('playwright').Browser,
 *   openPage: (path: string, before?: (() => void) | { content: string }) => Promise<import('playwright').Page>,
 *   settings: Settings,
 *   log: (line: string) => void,
 *   close: () => Promise<void>,
 * }} Bench `openPage` opens one of the bench's pages, in a context of its own; `before` runs in it first
 */

/** @param {Settings} settings @param {(line: string) => void} log @returns {Promise<Bench>} */
export async function openBench(settings, log) {
  const camera = await makeCamera();
  const server = await serveBench(MOUNTS);
  const browser = await chromium
    .launch({
      ...BROWSER,
      args: [
        ...BROWSER.args,
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-video-capture=${camera}`,
      ],
    })
    .catch(async (error) => {
      // A server that listens keeps the program running for ever.
      await server.close();
      throw error;
    });
  return {
    browser,
    settings,
    log,
    async openPage(path, before) {
      const page = await browser.newPage();
      page.on('pageerror', (error) => console.error(`${path}: ${error.message}`));
      if (before) await page.addInitScript(before);
      await page.goto(new URL(path, server.url).href);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
