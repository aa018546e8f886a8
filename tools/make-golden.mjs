// Aligns pictures of e2e/fixtures/faces in a browser and writes the crops to e2e/fixtures/golden/<name>.png. `python3 training/export.py …
// --golden e2e/fixtures/golden` then writes PyTorch's embeddings of them, with which the tests compare the browser's. Also records what the
// detector's graph outputs for the first picture, for the test of its decoding.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withDevPage } from './withDevPage.mjs';

const ROOT = join(import.meta.dirname, '..');
const PICTURES = ['person02-a-front', 'person04-b-window-left', 'person09-d-smile'];

await withDevPage(async (page) => {
  const folder = join(ROOT, 'e2e/fixtures/golden');
  await mkdir(folder, { recursive: true });
  for (const name of PICTURES) {
    const png = await page.evaluate(alignInPage, name);
    await writeFile(join(folder, `${name}.png`), Buffer.from(png, 'base64'));
    console.log(`${name}.png`);
  }
  const recorded = await page.evaluate(detectInPage, PICTURES[0]);
  await writeFile(join(ROOT, `src/geometry/fixtures/blazeface-${PICTURES[0]}.bin`), new Uint8Array(Float32Array.from(recorded).buffer));
});

/** Runs in the page. @param {string} name a fixture @returns {Promise<string>} its aligned crop, a PNG in base64 */
async function alignInPage(name) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { createFaceVerifier } = await load('/src/index.ts');
  const { alignedPng } = await load('/tools/alignedPng.ts');
  const { face, pixelsOf } = await load('/e2e/fixtures/pictures.ts');
  const pixels = pixelsOf(await face(name));
  const verifier = await createFaceVerifier({ modelsUrl: '/models/', backend: 'wasm' });
  const [report] = await verifier.analyze(pixels);
  verifier.dispose();
  return alignedPng(pixels, report.landmarks, verifier.info.inputSize);
}

/** Runs in the page. @param {string} name a fixture @returns {Promise<number[]>} 896 scores, then 896 × 16 values */
async function detectInPage(name) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { face, pixelsOf, MODELS_URL } = await load('/e2e/fixtures/pictures.ts');
  const { ENGINE_ASSETS } = await load('/e2e/fixtures/engineAssets.ts');
  const { openKernels } = await load('/src/engine/kernels/openKernels.ts');
  const { loadModels } = await load('/src/engine/models/loadModels.ts');
  const { DETECTOR_OUTPUTS, FaceDetector } = await load('/src/engine/FaceDetector.ts');
  const pixels = pixelsOf(await face(name));
  const { runtime } = await openKernels(ENGINE_ASSETS.kernels);
  const { detector } = await loadModels({ modelsUrl: MODELS_URL, model: 'mobilenet-160' }, () => undefined);
  const { input } = detector.manifest;
  const graph = runtime.load(detector.files, { size: input.size, outputs: DETECTOR_OUTPUTS });
  /** @type {Float32Array[]} */
  let outputs = [];
  const recording = {
    get input() {
      return graph.input;
    },
    run: async () => (outputs = await graph.run()),
  };
  await new FaceDetector(recording, input).detect(runtime.picture(pixels));
  return outputs.flatMap((values) => Array.from(values));
}
