// node tools/shrink/calibrate.mjs DIR: the average input of the mesh's large convolutions, over the faces in DIR's pictures. Writes
// tools/shrink/meanInputs.json, which prepare-models.mjs uses to correct what rounding their weights adds on average. That is most of the
// error, since all faces look alike to a face mesh. (It does not apply to the detector: most of what it sees is not a face.) Run it again
// only when the model changes; the hashes pinned in the manifest change with it.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readGraph } from '../graph.mjs';
import { openPictures } from '../openPictures.mjs';
import { withDevPage } from '../withDevPage.mjs';
import { largeConvolutions } from './largeConvolutions.mjs';
import { pruneGraph } from './pruneGraph.mjs';
import { readSource, SOURCES } from './sources.mjs';

const FILE = join(import.meta.dirname, 'meanInputs.json');
const [folder] = process.argv.slice(2);
if (!folder) throw new Error('node tools/shrink/calibrate.mjs DIR: expected a folder of pictures with faces');

const { from, outputs } = SOURCES[1];
const source = await readSource(from);
const layers = largeConvolutions(pruneGraph(readGraph(source), outputs));

const pictures = await openPictures(folder);
try {
  await withDevPage(async (page) => {
    const taps = layers.map(({ input, size }) => ({ input, size }));
    await page.evaluate(open, { modelJson: source.modelJson, weights: source.weights.toString('base64'), taps });
    for (const file of pictures.files) await page.evaluate(look, pictures.urlOf(file));
    const means = await page.evaluate(() => /** @type {any} */ (window).calibration.means());
    const entries = layers.map((layer, i) => [layer.weights, means[i].map((/** @type {number} */ v) => Number(v.toPrecision(3)))]);
    await writeFile(FILE, `${JSON.stringify({ [from]: Object.fromEntries(entries) })}\n`);
  });
} finally {
  await pictures.close();
}

// The functions below run in the page.

/** @param {{ modelJson: unknown, weights: string, taps: { input: string, size: number }[] }} job */
async function open({ modelJson, weights, taps }) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { tfjsRuntime } = await load('/src/engine/tfjs/tfjsRuntime.ts');
  const { startWasm } = await load('/src/engine/tfjs/wasmBackend.ts');
  const { DETECTOR_OUTPUTS, FaceDetector } = await load('/src/engine/FaceDetector.ts');
  const { FaceMesher, MESH_OUTPUTS } = await load('/src/engine/FaceMesher.ts');
  const { loadModels } = await load('/src/engine/models/loadModels.ts');
  await startWasm();
  // Not our own kernels, which do not keep the values between two fused steps.
  const runtime = tfjsRuntime('wasm');
  const { detector, mesh } = await loadModels(
    { modelsUrl: new URL('/models/', location.href).href, model: 'mobilenet-160' },
    () => undefined,
  );
  const [detectorInput, meshInput] = [detector.manifest.input, mesh.manifest.input];
  const bytes = Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)).buffer;
  const graph = runtime.load(
    { modelJson, weights: bytes },
    { size: meshInput.size, outputs: [...MESH_OUTPUTS, ...taps.map(({ input }) => input)] },
  );
  const sums = taps.map(({ size }) => ({ values: Array(size).fill(0), count: 0 }));
  const tapped = {
    input: graph.input,
    async run() {
      const results = await graph.run();
      const seen = results.splice(MESH_OUTPUTS.length);
      for (const [i, values] of seen.entries()) {
        const { length } = sums[i].values;
        values.forEach((/** @type {number} */ v, /** @type {number} */ at) => (sums[i].values[at % length] += v));
        sums[i].count += values.length / length;
      }
      return results;
    },
  };
  const detectorGraph = runtime.load(detector.files, { size: detectorInput.size, outputs: DETECTOR_OUTPUTS });
  /** @type {any} */ (window).calibration = {
    detector: new FaceDetector(detectorGraph, detectorInput),
    mesher: new FaceMesher(tapped, meshInput),
    means: () => sums.map(({ values, count }) => values.map((v) => v / count)),
  };
}

/** @param {string} url of a picture */
async function look(url) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { PixelPicture } = await load('/src/geometry/PixelPicture.ts');
  const { pixelsOf } = await load('/e2e/fixtures/pictures.ts');
  const { detector, mesher } = /** @type {any} */ (window).calibration;
  const picture = new PixelPicture(pixelsOf(await createImageBitmap(await (await fetch(url)).blob())));
  for (const frame of await detector.detect(picture)) await mesher.locate(picture, frame);
}
