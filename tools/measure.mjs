// npm run measure [-- --json FILE]: time from frame to verdict on WASM, and main-thread long tasks of the live demo, in a headless browser.
import { readFile, rm, writeFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from './browser.mjs';
import { serveFolders } from './staticServer.mjs';

const ROOT = join(import.meta.dirname, '..');
const PICTURE = join(ROOT, 'e2e/fixtures/faces/person01-a-front.jpg');
const FRAMES = 60;
const LIVE_SECONDS = 10;

const { values } = parseArgs({ options: { json: { type: 'string' } } });
const profile = await mkdtemp(join(tmpdir(), 'visavis-measure-'));
const server = await serveFolders({ '/dist': join(ROOT, 'dist'), '/tools': join(ROOT, 'tools'), '/': join(ROOT, 'demo-dist') });
const video = join(profile, 'camera.mjpeg');
const picture = await readFile(PICTURE);
await writeFile(video, Buffer.concat(Array.from({ length: 30 }, () => picture)));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findBrowser(),
  args: [
    ...LAUNCH_ARGS,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${video}`,
  ],
});
try {
  const page = await context.newPage();
  await page.addInitScript(watchLongTasks);
  await page.goto(server.url);
  await page.locator('#engine-status[data-state=ready]').waitFor({ timeout: 120_000 });
  const loading = await page.evaluate(takeLongTasks);
  await page.locator('#camera-button').click();
  await page.locator('#hint[data-hint=ok]').waitFor({ timeout: 60_000 });
  await page.evaluate(takeLongTasks);
  await page.waitForTimeout(LIVE_SECONDS * 1000);
  const live = await page.evaluate(takeLongTasks);
  await page.goto(`${server.url}tools/blank.html`);
  const verdict = await page.evaluate(timeVerdicts, FRAMES);
  const report = { ...verdict, longTasks: { limitMs: 50, whileLoading: loading, [`in${LIVE_SECONDS}sOfLiveCamera`]: live } };
  console.log(`frame → verdict on ${verdict.build}, ${verdict.threads} thread(s), 640 × 480: median ${verdict.medianMs.toFixed(1)} ms, 90 % within ${verdict.p90Ms.toFixed(1)} ms (${FRAMES} frames)
time to load and warm up, files from this machine: ${verdict.loadMs.toFixed(0)} ms
main-thread tasks over 50 ms while loading: ${loading.length} ${JSON.stringify(loading)}
main-thread tasks over 50 ms in ${LIVE_SECONDS} s of live camera: ${live.length} ${JSON.stringify(live)}`);
  if (values.json) await writeFile(values.json, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await context.close();
  await server.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 5 });
}

// The functions below run in the page.

function watchLongTasks() {
  /** @type {number[]} */
  const tasks = [];
  Object.assign(window, { longTasks: tasks });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
  }).observe({ type: 'longtask', buffered: true });
}

/** @returns {number[]} durations in ms since the last call */
function takeLongTasks() {
  const { longTasks } = /** @type {any} */ (window);
  return longTasks.splice(0);
}

/** @param {number} frames */
async function timeVerdicts(frames) {
  const at = '/dist/visavis.js';
  const { createFaceVerifier, openCamera } = await import(at);
  const began = performance.now();
  const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm' });
  const loadMs = performance.now() - began;
  const camera = await openCamera();
  const template = await verifier.enroll(camera.frames({ limit: 3 }));
  /** @type {number[]} */
  const times = [];
  for await (const frame of camera.frames({ limit: frames })) {
    const start = performance.now();
    const { match } = await verifier.verify(frame, template);
    times.push(performance.now() - start);
    if (!match) throw new Error('the enrolled picture did not match itself');
  }
  camera.stop();
  const { build, threads } = verifier.info;
  verifier.dispose();
  times.sort((a, b) => a - b);
  return { build, threads, loadMs, medianMs: times[frames >> 1], p90Ms: times[Math.floor(frames * 0.9)] };
}
