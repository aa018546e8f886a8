// node tools/measure-frames.mjs [--images DIR]: where the detector's boxes are relative to the meshes, for geometry/trackedFrame.ts:
// medians and 5 … 95 % over the pictures that show one face. Default: the fixtures.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openPictures } from './openPictures.mjs';
import { withDevPage } from './withDevPage.mjs';

const { values } = parseArgs({ options: { images: { type: 'string', default: join(import.meta.dirname, '../e2e/fixtures/faces') } } });
const pictures = await openPictures(values.images);
try {
  await withDevPage(async (page) => {
    const rows = await page.evaluate(measure, pictures.files.map(pictures.urlOf));
    ['side of the box / larger side of the mesh', 'center to the right, in sides of the mesh', 'center down'].forEach((name, column) => {
      const sorted = rows.map((row) => row[column]).sort((a, b) => a - b);
      const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))].toFixed(3);
      console.log(`${name}: median ${at(0.5)} (${at(0.05)} … ${at(0.95)}), ${rows.length} faces`);
    });
  });
} finally {
  await pictures.close();
}

/** Runs in the page. @param {string[]} urls @returns {Promise<number[][]>} */
async function measure(urls) {
  const load = (/** @type {string} */ path) => import(/* @vite-ignore */ path);
  const { ENGINE_ASSETS } = await load('/e2e/fixtures/engineAssets.ts');
  const { openKernels } = await load('/src/engine/kernels/openKernels.ts');
  const { loadModels } = await load('/src/engine/models/loadModels.ts');
  const { DETECTOR_OUTPUTS, FaceDetector } = await load('/src/engine/FaceDetector.ts');
  const { MESH_OUTPUTS, FaceMesher } = await load('/src/engine/FaceMesher.ts');
  const { fivePoints } = await load('/src/geometry/fivePoints.ts');
  const { uprightBounds } = await load('/src/geometry/trackedFrame.ts');
  const { pixelsOf, MODELS_URL } = await load('/e2e/fixtures/pictures.ts');
  const models = await loadModels({ modelsUrl: MODELS_URL, model: 'mobilenet-160' }, () => undefined);
  const { runtime } = await openKernels(ENGINE_ASSETS.kernels);
  const graph = (/** @type {any} */ model, /** @type {readonly string[]} */ outputs) =>
    runtime.load(model.files, { size: model.manifest.input.size, outputs });
  const detector = new FaceDetector(graph(models.detector, DETECTOR_OUTPUTS), models.detector.manifest.input);
  const mesher = new FaceMesher(graph(models.mesh, MESH_OUTPUTS), models.mesh.manifest.input);
  const rows = [];
  for (const url of urls) {
    const picture = runtime.picture(pixelsOf(await createImageBitmap(await (await fetch(url)).blob())));
    const [frame, ...others] = await detector.detect(picture);
    if (!frame || others.length > 0) continue;
    const { mesh, score } = await mesher.locate(picture, frame);
    if (score < 0.8) continue;
    const { cos, sin, left, right, top, bottom } = uprightBounds({ mesh, landmarks: fivePoints(mesh) });
    const side = Math.max(right - left, bottom - top);
    const x = cos * frame.center.x + sin * frame.center.y;
    const y = cos * frame.center.y - sin * frame.center.x;
    rows.push([frame.side / side, (x - (left + right) / 2) / side, (y - (top + bottom) / 2) / side]);
  }
  return rows;
}
