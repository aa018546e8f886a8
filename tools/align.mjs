// npm run align -- --images DIR --out DIR: crops the face out of every picture below DIR, aligned the way the SDK does it, for
// training/finetune.py.
import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { parseArgs } from 'node:util';
import { count } from './count.mjs';
import { openPictures } from './openPictures.mjs';
import { withDevPage } from './withDevPage.mjs';

const USAGE = `Aligns faces for training: DIR/person/picture.jpg becomes OUT/person/picture.png.

  npm run align -- --images DIR --out OUT [--size 205]

  --size N    side length of the crops in pixels (default 205: the network's 160 plus room for jitter, 160 / 0.78)
`;
/** The share of a crop's side that the network sees (training/pictures.py, FRAME). */
const FRAME = 0.78;

const { values } = parseArgs({
  options: {
    images: { type: 'string' },
    out: { type: 'string' },
    size: { type: 'string', default: '205' },
    help: { type: 'boolean' },
  },
});
const size = count('--size', values.size, 32);
if (values.help) {
  console.log(USAGE);
} else if (!values.images || !values.out) {
  console.error(USAGE);
  process.exitCode = 1;
} else if (!(await stat(values.images).catch(() => null))?.isDirectory()) {
  console.error(`--images: ${values.images} is not a folder`);
  process.exitCode = 1;
} else {
  await align(values.images, values.out);
}

/** @param {string} images @param {string} out */
async function align(images, out) {
  const pictures = await openPictures(images);
  const { files } = pictures;
  /** @type {string[]} */
  const missed = [];
  try {
    await withDevPage(async (page) => {
      for (const [i, name] of files.entries()) {
        const png = await page.evaluate(alignInPage, { url: pictures.urlOf(name), size, frame: FRAME });
        if (png) {
          const { dir, name: stem } = parse(join(out, name));
          await mkdir(dir, { recursive: true });
          await writeFile(join(dir, `${stem}.png`), Buffer.from(png, 'base64'));
        } else {
          missed.push(name);
        }
        if (process.stdout.isTTY) process.stdout.write(`\r${i + 1} of ${files.length}`);
      }
    });
  } finally {
    await pictures.close();
  }
  console.log(`\n${files.length - missed.length} of ${files.length} pictures aligned and written to ${out}`);
  if (missed.length > 0) console.log(`Without a face, or unreadable:\n  ${missed.join('\n  ')}`);
}

/**
 * Runs in the page.
 * @param {{ url: string, size: number, frame: number }} job
 * @returns {Promise<string | null>} the crop of the face nearest the center as a PNG in base64; null without a face or a readable picture
 */
async function alignInPage({ url, size, frame }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { createFaceVerifier } = await load('/src/index.ts');
  const { alignedPng } = await load('/tools/alignedPng.ts');
  const { pixelsOf } = await load('/e2e/fixtures/pictures.ts');
  const state = /** @type {any} */ (window);
  const verifier = (state.verifier ??= await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm' }));
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  let pixels, face;
  try {
    pixels = pixelsOf(await createImageBitmap(await response.blob()));
    ({ face } = await verifier.embed(pixels, { select: 'central' }));
  } catch (error) {
    const { code, name } = /** @type {any} */ (error);
    if (code === 'no-face' || code === 'bad-image' || name === 'InvalidStateError' || name === 'EncodingError') return null;
    throw error;
  }
  return alignedPng(pixels, face.landmarks, size, frame);
}
