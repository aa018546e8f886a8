import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** @typedef {import('../../src/shared/Manifest.js').Manifest} Manifest */

export const MODELS = join(import.meta.dirname, '../../public/models');

/** @param {string} model @returns {string} */
export function manifestPath(model) {
  return join(MODELS, model, 'manifest.json');
}

/**
 * The checksums of all files between a picture and its embedding: the model's own, the detector's and the mesh's.
 * @param {string} model
 * @returns {Promise<string[]>}
 */
export async function modelFiles(model) {
  const folders = await readdir(MODELS);
  if (!folders.includes(model)) throw new Error(`--model: expected one of public/models, got ${model}`);
  const manifests = await Promise.all(
    folders.map(async (folder) => /** @type {Manifest} */ (JSON.parse(await readFile(manifestPath(folder), 'utf8')))),
  );
  const own = manifests[folders.indexOf(model)];
  if (own.kind !== 'embedder')
    throw new Error(`--model: expected a model that embeds faces, got ${model}, which is a model of kind "${own.kind}"`);
  const used = manifests.filter((manifest) => manifest === own || manifest.kind !== 'embedder');
  return used.flatMap(({ files }) => files.map(({ sha256 }) => sha256)).sort();
}
