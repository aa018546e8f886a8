// node tools/make-reference-head.mjs --images DIR: writes src/geometry/referenceHead.ts, the mean of the face meshes of the frontal
// pictures in DIR. It was made from renderings of people who do not exist; any dozen frontal faces give the same within a few hundredths.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { openPictures } from './openPictures.mjs';
import { withDevPage } from './withDevPage.mjs';

const OUT = join(import.meta.dirname, '../src/geometry/referenceHead.ts');
/**
 * Points of skin over bone, each with its mirror image: forehead, temples, cheekbones, sides and ridge of the nose, corners of the eyes. No
 * brows, lids, lips or jaw.
 */
const MIDDLE = [10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 19, 94, 2];
const RIGHT = [
  33, 133, 130, 68, 104, 69, 108, 67, 71, 127, 34, 227, 116, 117, 118, 50, 101, 36, 205, 48, 64, 98, 122, 193, 245, 174, 188, 217,
];
const LEFT = [
  263, 362, 359, 298, 333, 299, 337, 297, 301, 356, 264, 447, 345, 346, 347, 280, 330, 266, 425, 278, 294, 327, 351, 417, 465, 399, 412,
  437,
];
/** Degrees; heads turned further are left out. */
const FRONTAL = 10;

const { values } = parseArgs({ options: { images: { type: 'string' } } });
if (!values.images) throw new Error('--images DIR is missing: a folder of frontal pictures, one person each');
const pictures = await openPictures(values.images);
try {
  const heads = await withDevPage((page) => page.evaluate(readMeshes, pictures.files.map(pictures.urlOf)));
  const levelled = heads.map(level).filter((head) => head !== null);
  if (levelled.length === 0) throw new Error(`none of the ${pictures.files.length} pictures in ${values.images} shows a frontal face`);
  const mean = (/** @type {number} */ i) => [0, 1, 2].map((k) => levelled.reduce((sum, head) => sum + head[i][k], 0) / levelled.length);
  const rows = [...MIDDLE.map((i) => [i, i]), ...RIGHT.map((i, n) => [i, LEFT[n]])].flatMap(([right, left]) => {
    const [a, b] = [mean(right), mean(left)];
    const [x, y, z] = [(a[0] - b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2].map((v) => Number(v.toFixed(3)));
    return right === left
      ? [[right, 0, y, z]]
      : [
          [right, x, y, z],
          [left, -x, y, z],
        ];
  });
  const source = `// Written by tools/make-reference-head.mjs from ${levelled.length} pictures.

/**
 * A frontal head: [mesh point, x, y, z] of points of skin on bone, in distances between the outer corners of the eyes, from the middle
 * between these. x to the picture's right, y down, z away from the camera; the plane through the corners of eyes and mouth faces the
 * camera. Symmetric.
 */
export const REFERENCE_HEAD: readonly (readonly [number, number, number, number])[] = ${JSON.stringify(rows)};
`;
  await writeFile(OUT, await format(source, { ...(await resolveConfig(OUT)), filepath: OUT }));
  console.log(`${levelled.length} of ${pictures.files.length} pictures; ${rows.length} points`);
} finally {
  await pictures.close();
}

/**
 * The mesh in the axes of the plane through the corners of eyes and mouth; null where it is turned too far.
 * @param {number[]} mesh 468 × x, y, z
 * @returns {number[][] | null} in distances between the outer corners of the eyes
 */
function level(mesh) {
  const at = (/** @type {number} */ i) => mesh.slice(3 * i, 3 * i + 3);
  const minus = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.map((v, k) => v - b[k]);
  const dot = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.reduce((sum, v, k) => sum + v * b[k], 0);
  const unit = (/** @type {number[]} */ a) => a.map((v) => v / Math.hypot(...a));
  const [re, le, rm, lm] = [33, 263, 61, 291].map(at);
  const middle = re.map((v, k) => (v + le[k]) / 2);
  const x = unit(minus(le, re));
  const down = minus(
    rm.map((v, k) => (v + lm[k]) / 2),
    middle,
  );
  const y = unit(down.map((v, k) => v - dot(down, x) * x[k]));
  const z = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
  if (Math.acos(z[2]) > (FRONTAL * Math.PI) / 180) return null;
  const size = Math.hypot(...minus(le, re));
  return Array.from({ length: mesh.length / 3 }, (_, i) => {
    const p = minus(at(i), middle);
    return [dot(p, x) / size, dot(p, y) / size, dot(p, z) / size];
  });
}

/** Runs in the page. @param {string[]} urls @returns {Promise<number[][]>} meshes of the faces found */
async function readMeshes(urls) {
  const { createFaceVerifier } = await import(/* @vite-ignore */ /** @type {string} */ ('/src/index.ts'));
  const verifier = await createFaceVerifier({ backend: 'wasm' });
  const meshes = [];
  for (const url of urls) {
    const [face] = await verifier.analyze(await createImageBitmap(await (await fetch(url)).blob()));
    if (face) meshes.push(Array.from(face.mesh));
  }
  verifier.dispose();
  return meshes;
}
