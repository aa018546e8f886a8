// npm run record -- --out DIR [--faces DIR]: an enrollment and a liveness session of <visavis-capture> on a phone, as numbered pictures, and
// all of them on one sheet each. The verifier is scripted, and sees a person who does what is asked a moment later. The camera films that
// person's pictures in DIR, such as `person01-f-turn-left.jpg`, where it is given, else a drawn one.
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, devices } from 'playwright';
import { findBrowser, LAUNCH_ARGS } from '../browser.mjs';
import { withDevServer } from '../withDevPage.mjs';

/** Milliseconds from one picture to the next. */
const PACE = 250;
const LONGEST = 60_000;
/** `rate`: pictures of the camera a second. The scripted liveness session takes each challenge as done with the next one. */
const RUNS = {
  enrollment: { mode: 'enroll', liveness: false, rate: 10 },
  liveness: { mode: 'check', liveness: true, rate: 0.7 },
};
/** The picture's part of a name, by what is asked for. */
const POSES = {
  ...{ 'slightly-left': 'f-turn-left', 'slightly-right': 'g-turn-right', 'turn-left': 'h-turn-far-left', 'turn-right': 'i-turn-far-right' },
  ...{ 'look-up': 'l-look-up', 'look-down': 'm-look-down', blink: 'k-blink', 'open-mouth': 'd-smile' },
};

const { values } = parseArgs({ options: { out: { type: 'string' }, faces: { type: 'string' } } });
const { out, faces } = values;
if (!out) throw new Error('expected --out DIR, where the pictures are written');
if (faces && !existsSync(faces)) throw new Error(`expected --faces to be a folder, got ${faces}`);
const person =
  faces &&
  readdirSync(faces)
    .find((name) => name.endsWith('-a-front.jpg'))
    ?.replace('a-front.jpg', '');

await withDevServer(async (url) => {
  const browser = await chromium.launch({ executablePath: findBrowser(), args: LAUNCH_ARGS });
  try {
    const phone = { ...devices['iPhone 13'], viewport: { width: 390, height: 844 }, deviceScaleFactor: 1, defaultBrowserType: undefined };
    const context = await browser.newContext(phone);
    const page = await context.newPage();
    await page.route('**/filmed/*', async (route) =>
      route.fulfill({ body: await readFile(join(faces ?? '', route.request().url().split('/').pop() ?? '')) }),
    );
    for (const [name, run] of Object.entries(RUNS)) {
      const folder = join(out, name);
      await mkdir(folder, { recursive: true });
      await page.goto(url);
      await page.evaluate(begin, { ...run, person: person ?? null, poses: POSES });
      const stop = await film(page, folder);
      const element = page.locator('visavis-capture');
      await element.getByRole('button', { name: 'Start' }).tap();
      await page.locator('visavis-capture[phase=done]').waitFor({ timeout: LONGEST });
      await page.waitForTimeout(1000);
      const pictures = await stop();
      const sheet = await browser.newPage({ viewport: { width: 1980, height: 100 } });
      const images = pictures.map((picture) => `<img width="195" src="data:image/png;base64,${picture}">`);
      await sheet.setContent(`<body style="margin: 0; display: flex; flex-wrap: wrap; gap: 3px">${images.join('')}`);
      await sheet.screenshot({ path: join(out, `${name}.png`), fullPage: true });
      await sheet.close();
      console.log(`${pictures.length} pictures in ${folder}, all of them in ${name}.png`);
    }
  } finally {
    await browser.close();
  }
});

/**
 * Keeps what the browser paints, numbered.
 * @param {import('playwright').Page} page
 * @param {string} folder
 */
async function film(page, folder) {
  /** @type {string[]} */
  const pictures = [];
  let due = 0;
  const session = await page.context().newCDPSession(page);
  session.on('Page.screencastFrame', ({ data, sessionId }) => {
    void session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
    if (Date.now() < due) return;
    due = Date.now() + PACE;
    pictures.push(data);
  });
  await session.send('Page.startScreencast', { format: 'png' });
  return async () => {
    await session.send('Page.stopScreencast');
    // Nothing is painted any more at the end.
    pictures.push((await page.screenshot()).toString('base64'));
    for (const [i, picture] of pictures.entries()) {
      await writeFile(join(folder, `${String(i + 1).padStart(3, '0')}.png`), Buffer.from(picture, 'base64'));
    }
    return pictures;
  };
}

/**
 * Runs in the page: puts the element there.
 * @param {{ mode: string, liveness: boolean, rate: number, person: string | null, poses: Record<string, string> }} run
 */
async function begin({ mode, liveness, rate, person, poses }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  await load('/src/element/register.ts');
  const { createFakeVerifier } = await load('/src/testing.ts');
  const { drawPerson } = await load('/tools/gallery/drawPerson.ts');
  document.head.innerHTML += '<meta name="viewport" content="width=device-width, initial-scale=1" />';
  document.body.style.margin = '8px';

  const canvas = Object.assign(document.createElement('canvas'), { width: 480, height: 640 });
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  let pose = 'a-front';
  let zoom = 1;
  /** @type {Map<string, HTMLImageElement>} */
  const images = new Map();
  for (const each of ['a-front', ...Object.values(poses)]) {
    const image = Object.assign(new Image(), { src: person === null ? drawPerson() : `/filmed/${person}${each}.jpg` });
    await image.decode();
    images.set(each, image);
  }
  setInterval(() => {
    const image = images.get(pose);
    if (!image || !pen) return;
    const scale = zoom * Math.max(canvas.width / image.width, canvas.height / image.height);
    const [width, height] = [image.width * scale, image.height * scale];
    pen.drawImage(image, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  }, 40);
  navigator.mediaDevices.getUserMedia = () => Promise.resolve(canvas.captureStream(rate));

  const verifier = createFakeVerifier();
  let asked = '';
  let since = 0;
  const REACTION = 900;
  verifier.sees = (/** @type {string | null} */ wanted) => {
    if (wanted !== asked) since = performance.now();
    asked = wanted ?? '';
    const late = performance.now() - since < REACTION;
    pose = late ? pose : (poses[asked] ?? 'a-front');
    zoom = !late && asked === 'other-distance' ? 1.3 : 1;
    if (late) return wanted === 'front' ? { reasons: ['too-dark'] } : {};
    const yaw = asked === 'slightly-left' ? 15 : asked === 'slightly-right' ? -15 : 0;
    return { yaw, scale: zoom };
  };
  const element = document.createElement('visavis-capture');
  Object.assign(element, { mode, liveness, verifier, consent: 'given' });
  document.body.append(element);
}
