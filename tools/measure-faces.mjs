// node tools/measure-faces.mjs --images DIR [--angles 0,180,…] [--shares 20,28,…]: what turning a picture does to its face, and how small
// faces may be, for docs/quality.md. DIR holds pictures of one face each, named PERSON-….jpg. Prints one line per angle and per size.
import { parseArgs } from 'node:util';
import { openPictures } from './openPictures.mjs';
import { withDevPage } from './withDevPage.mjs';

const { values } = parseArgs({
  options: {
    images: { type: 'string', default: 'e2e/fixtures/faces' },
    angles: { type: 'string', default: '0,30,60,90,120,150,180,210,240,270,300,330' },
    shares: { type: 'string', default: '20,25,28,32,40,50,60,80' },
  },
});
const numbers = (/** @type {string} */ text) => text.split(',').filter(Boolean).map(Number);
const pictures = await openPictures(values.images);
try {
  await withDevPage(async (page) => {
    const urls = pictures.files.map(pictures.urlOf);
    await page.evaluate(prepare, urls);
    for (const angle of numbers(values.angles)) {
      const { found, passed, tilted, least, strangers, pairs } = await page.evaluate(turn, angle);
      const likeness = passed > 0 ? `, least cosine ${least.toFixed(3)}` : '';
      const rate = pairs > 0 ? `, strangers match in ${strangers} of ${pairs} pairs` : '';
      console.log(`${angle}°: ${found} of ${urls.length} found, ${passed} pass the gate, ${tilted} tilted${likeness}${rate}`);
    }
    for (const share of numbers(values.shares)) {
      const { faces, whole, small } = await page.evaluate(shrink, share);
      console.log(
        `1/${share} of the width: found ${whole.found} of ${faces} whole, ${small.found} with small; ${whole.wrong} and ${small.wrong} wrong`,
      );
    }
  });
} finally {
  await pictures.close();
}

/** Runs in the page: an engine and the pictures. @param {string[]} urls */
async function prepare(urls) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { FaceEngine } = await load('/src/engine/FaceEngine.ts');
  const { ENGINE } = await load('/e2e/fixtures/engineAssets.ts');
  const { MODELS_URL } = await load('/e2e/fixtures/pictures.ts');
  const options = { modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'wasm', ...ENGINE };
  const engine = await FaceEngine.load(options, () => undefined);
  const shots = [];
  for (const url of urls) {
    const picture = await createImageBitmap(await (await fetch(url)).blob());
    shots.push({ person: (url.split('/').at(-1) ?? '').split('-')[0], picture });
  }
  Object.assign(window, { measured: { engine, shots, upright: [] } });
}

/** Runs in the page: every picture turned about its middle. @param {number} angle degrees */
async function turn(angle) {
  const { engine, shots, upright } = /** @type {any} */ (window).measured;
  const threshold = 1 - engine.info.operatingPoints.find((/** @type {any} */ p) => p.fmr === 1e-3).threshold ** 2 / 2;
  const cosine = (/** @type {Float32Array} */ a, /** @type {Float32Array} */ b) => a.reduce((sum, v, i) => sum + v * b[i], 0);
  const passing = [];
  let [found, tilted, least] = [0, 0, 1];
  for (const [i, { person, picture }] of shots.entries()) {
    const side = Math.ceil(Math.hypot(picture.width, picture.height));
    const upside = angle % 180 === 0;
    const canvas = new OffscreenCanvas(upside ? picture.width : side, upside ? picture.height : side);
    const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.translate(canvas.width / 2, canvas.height / 2);
    context.rotate((angle * Math.PI) / 180);
    context.drawImage(picture, -picture.width / 2, -picture.height / 2);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const [seen] = await engine.embedAll(pixels, null);
    if (angle === 0) upright[i] = seen?.embedding;
    if (!seen) continue;
    found++;
    const { reasons } = seen.face.quality;
    if (reasons.includes('tilted')) tilted++;
    if (reasons.length > 0) continue;
    if (upright[i]) least = Math.min(least, cosine(seen.embedding, upright[i]));
    passing.push({ person, embedding: seen.embedding });
  }
  let [strangers, pairs] = [0, 0];
  for (const [i, a] of passing.entries()) {
    for (const b of passing.slice(i + 1)) {
      if (a.person === b.person) continue;
      pairs++;
      if (cosine(a.embedding, b.embedding) >= threshold) strangers++;
    }
  }
  return { found, passed: passing.length, tilted, least, strangers, pairs };
}

/** Runs in the page: frontal faces in rows on one picture, each 1/share of its width. @param {number} share */
async function shrink(share) {
  const { engine, shots } = /** @type {any} */ (window).measured;
  const [width, height, columns, rows] = [3200, 2400, 8, 6];
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(width, height).getContext('2d'));
  context.fillStyle = '#89a';
  context.fillRect(0, 0, width, height);
  /** @type {{ x: number, y: number }[]} */
  const middles = [];
  for (let i = 0; i < columns * rows; i++) {
    const { picture } = shots[Math.floor((i * shots.length) / (columns * rows))];
    const plain = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(picture.width, picture.height).getContext('2d'));
    plain.drawImage(picture, 0, 0);
    const [face] = await engine.analyze(plain.getImageData(0, 0, picture.width, picture.height), null);
    if (!face) continue;
    const { box } = face;
    const scale = width / share / box.width;
    const [x, y] = [((i % columns) + 0.5) * (width / columns), (Math.floor(i / columns) + 0.5) * (height / rows)];
    const [left, top, side] = [box.x - 0.5 * box.width, box.y - 0.5 * box.height, 2 * box.width];
    context.drawImage(picture, left, top, side, side, x - box.width * scale, y - box.height * scale, side * scale, side * scale);
    middles.push({ x, y });
  }
  const pixels = context.getImageData(0, 0, width, height);
  const search = async (/** @type {boolean} */ small) => {
    const faces = await engine.analyze(pixels, null, small);
    const near = (/** @type {any} */ { box }, /** @type {{ x: number, y: number }} */ m) =>
      Math.hypot(box.x + box.width / 2 - m.x, box.y + box.height / 2 - m.y) < (0.5 * width) / share;
    const found = middles.filter((m) => faces.some((/** @type {any} */ f) => near(f, m))).length;
    return { found, wrong: faces.length - found };
  };
  return { faces: middles.length, whole: await search(false), small: await search(true) };
}
