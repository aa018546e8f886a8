// Copies the detector and the face mesh from an npm package into public/models, where git ignores them, shrinks them on the way, and checks
// them against the hashes that their manifests pin. Runs before every build, start and test; does nothing if the files are already right.
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readSource, SOURCES } from './shrink/sources.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const MODELS = join(HERE, '../public/models');
/** @type {Record<string, Record<string, number[]> | undefined>} */
const MEAN_INPUTS = JSON.parse(await readFile(join(HERE, 'shrink/meanInputs.json'), 'utf8'));

/** @param {Uint8Array} data */
const sha256 = (data) => createHash('sha256').update(data).digest('hex');

for (const { id, from, outputs } of SOURCES) {
  const folder = join(MODELS, id);
  const { files } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const there = await Promise.all(
    files.map(async (/** @type {{ path: string, sha256: string }} */ file) => {
      const data = await readFile(join(folder, file.path)).catch(() => null);
      return data !== null && sha256(data) === file.sha256;
    }),
  );
  if (there.every(Boolean)) continue;
  // Only now, because the reader of graphs is TypeScript, which takes a moment to load.
  const { shrinkModel } = await import('./shrink/shrinkModel.mjs');
  const { modelJson, weights } = shrinkModel(await readSource(from), outputs, MEAN_INPUTS[from]);
  /** @type {Record<string, Uint8Array>} */
  const data = { 'model.json': Buffer.from(JSON.stringify(modelJson)), 'weights.bin': weights };
  for (const { path, bytes, sha256: pinned } of files) {
    const actual = sha256(data[path]);
    if (data[path].length !== bytes || actual !== pinned) {
      throw new Error(
        `${id}/${path}: @vladmandic/human gives ${data[path].length} bytes ${actual}, the manifest pins ${bytes} bytes ${pinned}`,
      );
    }
  }
  for (const { path } of files) await writeFile(join(folder, path), data[path]);
}
