import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { BROWSER } from './browserOptions.mjs';
import { BENCH, MOUNTS } from './folders.mjs';
import { serveBench } from './server/serveBench.mjs';

const FILE = join(BENCH, '.cache/camera.mjpeg');
const FRAMES = 30;

/** Films the moving picture that the simulated camera shows. @returns {Promise<string>} the file */
export async function makeCamera() {
  const server = await serveBench(MOUNTS);
  try {
    const browser = await chromium.launch(BROWSER);
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}pages/blank.html`);
      const frames = await page.evaluate(film, FRAMES);
      await mkdir(join(BENCH, '.cache'), { recursive: true });
      await writeFile(FILE, Buffer.concat(frames.map((base64) => Buffer.from(base64, 'base64'))));
      return FILE;
    } finally {
      await browser.close();
    }
  } finally {
    // Also where no browser starts: a server that listens keeps the program running for ever.
    await server.close();
  }
}

/** Runs in the page. @param {number} count @returns {Promise<string[]>} JPEGs in base64 */
async function film(count) {
  const at = '/pages/movingFrames.js';
  const { movingFrames } = await import(at);
  /** @type {HTMLCanvasElement[]} */
  const frames = await movingFrames('/faces/person01-a-front.jpg', count);
  return frames.map((canvas) => canvas.toDataURL('image/jpeg', 0.92).split(',')[1]);
}
