import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {import('../../src/shared/Manifest.js').Manifest} Manifest */

/** @param {string} folder of models @param {string} model @returns {string} */
export function manifestPath(folder, model) {
  return join(folder, model, 'manifest.json');
}

/**
 * The checksums of all files between a picture and its embedding: the model's own, the detector's and the mesh's.
 * @param {string} folder of models
 * @param {string} model
 * @returns {Promise<string[]>}
 */
export async function modelFiles(folder, model) {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const folders = entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : []));
  if (!folders.includes(model)) throw new Error(`--model: expected one of ${folder} (${folders.join(', ')}), got ${model}; see --models`);
  const manifests = await Promise.all(
    folders.map(async (id) => /** @type {Manifest} */ (JSON.parse(await readFile(manifestPath(folder, id), 'utf8')))),
  );
  const own = manifests[folders.indexOf(model)];
  if (own.kind !== 'embedder')
    throw new Error(`--model: expected a model that embeds faces, got ${model}, which is a model of kind "${own.kind}"`);
  const used = manifests.filter((manifest) => manifest === own || manifest.kind !== 'embedder');
  return used.flatMap(({ files }) => files.map(({ sha256 }) => sha256)).sort();
}
