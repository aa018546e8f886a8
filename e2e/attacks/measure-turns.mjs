// node e2e/attacks/measure-turns.mjs --images DIR [--limit 600]: how turns of real heads look to ceremony/liveness. DIR holds photographs
// named Person_Name_0001.jpg, as in Labeled Faces in the Wild. Each person's most frontal picture is compared with their turned ones.
import { parseArgs } from 'node:util';
import { count } from '../../tools/count.mjs';
import { openPictures } from '../../tools/openPictures.mjs';
import { withDevPage } from '../../tools/withDevPage.mjs';

const { values } = parseArgs({ options: { images: { type: 'string' }, limit: { type: 'string', default: '600' } } });
if (!values.images) throw new Error('--images DIR is missing');
const limit = count('--limit', values.limit);
const pictures = await openPictures(values.images);
const people = new Map();
for (const file of pictures.files) {
  const person = file.replace(/_\d+\.\w+$/, '');
  people.set(person, [...(people.get(person) ?? []), file]);
}
const several = [...people.values()].filter((files) => files.length > 2);
const chosen = several.slice(0, several.findLastIndex((_, i) => several.slice(0, i + 1).flat().length <= limit) + 1);
try {
  if (chosen.length === 0)
    throw new Error(`${values.images} has nobody with more than two pictures, named Person_Name_0001.jpg, of at most ${limit}`);
  await withDevPage(async (page) => {
    const rows = await page.evaluate(
      measure,
      chosen.map((files) => files.map(pictures.urlOf)),
    );
    console.log(`${chosen.length} people, ${rows.length} turned pictures`);
    for (const axis of ['yaw', 'pitch']) {
      for (const [low, high] of [
        [11, 18],
        [18, 40],
      ]) {
        const own = rows.filter((row) => row.axis === axis && Math.abs(row.turned) >= low && Math.abs(row.turned) < high);
        if (own.length === 0) continue;
        const quantiles = (/** @type {'nose' | 'parallax' | 'foreshortening'} */ key) => {
          const sorted = own.map((row) => row[key]).sort((a, b) => a - b);
          return [0.02, 0.05, 0.25, 0.5, 0.75, 0.95].map((share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(2)).join(' ');
        };
        console.log(
          `${axis} ${low} … ${high}°: ${own.length}; at 2, 5, 25, 50, 75, 95 %: parallax ${quantiles('parallax')}; nose ${quantiles('nose')}; foreshortening ${quantiles('foreshortening')}`,
        );
      }
    }
  });
} finally {
  await pictures.close();
}

/** Runs in the page. @param {string[][]} people */
async function measure(people) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { createFaceVerifier } = await load('/src/index.ts');
  const { noseParallax } = await load('/src/ceremony/liveness/noseParallax.ts');
  const { readFace } = await load('/src/ceremony/liveness/readFace.ts');
  const verifier = await createFaceVerifier({ backend: 'wasm' });
  const rows = [];
  for (const urls of people) {
    const faces = [];
    for (const url of urls) {
      const [face] = await verifier.analyze(await createImageBitmap(await (await fetch(url)).blob()));
      if (face && face.score > 0.9) faces.push({ face, state: readFace(face) });
    }
    faces.sort((a, b) => Math.abs(a.state.yaw) + Math.abs(a.state.pitch - 5) - Math.abs(b.state.yaw) - Math.abs(b.state.pitch - 5));
    const [front, ...others] = faces;
    if (!front || Math.abs(front.state.yaw) > 8) continue;
    for (const { face, state } of others) {
      const turns = { yaw: state.yaw - front.state.yaw, pitch: state.pitch - front.state.pitch };
      const axis = Math.abs(turns.yaw) > Math.abs(turns.pitch) ? 'yaw' : 'pitch';
      const turned = turns[axis];
      const radians = (turned * Math.PI) / 180;
      const { x, y } = noseParallax(level(front.face.mesh, front.face.pose.roll), level(face.mesh, face.pose.roll));
      const nose = (axis === 'yaw' ? x : -y) / Math.sin(radians);
      const ratio = state.aspect / front.state.aspect;
      const foreshortening = (axis === 'yaw' ? ratio : 1 / ratio) / Math.cos(radians);
      rows.push({ axis, turned, nose, foreshortening, parallax: nose + 3 * (foreshortening - 1) });
    }
  }
  verifier.dispose();
  return rows;

  /** The mesh turned upright. @param {Float32Array} mesh @param {number} roll */
  function level(mesh, roll) {
    const [c, s] = [Math.cos((roll * Math.PI) / 180), Math.sin((roll * Math.PI) / 180)];
    return mesh.map((_, k) => {
      const i = k - (k % 3);
      return k % 3 === 0 ? c * mesh[i] + s * mesh[i + 1] : k % 3 === 1 ? c * mesh[i + 1] - s * mesh[i] : mesh[k];
    });
  }
}
