import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readCohort } from 'visavis/evaluation';
import { modelsIn } from '../models/modelFolder.js';

/** @typedef {import('../../src/shared/Manifest.js').Manifest} Manifest */

/** The models by which the engine finds and aligns faces. */
const NEEDED = ['blazeface-256', 'facemesh-192'];

/** @param {string} folder of models @param {string} model @returns {string} */
export function manifestPath(folder, model) {
  return join(folder, model, 'manifest.json');
}

/**
 * Reads a manifest. What is wrong with it names the file: there are several.
 * @param {string} path
 * @returns {Promise<Manifest>}
 */
export async function readManifest(path) {
  let manifest;
  try {
    manifest = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (!Array.isArray(manifest?.files)) throw new Error(`${path} is not the manifest of a model: it names no files`);
  return manifest;
}

/**
 * The checksums of all files between a picture and its embedding: the model's own, the detector's and the mesh's.
 * @param {string} folder of models
 * @param {string} model
 * @returns {Promise<string[]>}
 */
export async function modelFiles(folder, model) {
  const isThere = (/** @type {string} */ path) =>
    stat(path)
      .then(() => true)
      .catch(() => false);
  // Whatever else lies there is no model.
  /** @type {string[]} */
  const ids = [];
  for (const id of (await modelsIn(folder)) ?? []) if (await isThere(manifestPath(folder, id))) ids.push(id);
  if (!ids.includes(model)) throw new Error(`--model: expected one of ${folder} (${ids.join(', ')}), got ${model}; see --models`);
  const missing = NEEDED.filter((id) => !ids.includes(id));
  if (missing.length > 0) {
    throw new Error(`${folder} lacks ${missing.join(' and ')}, which every recognizer needs beside it: npx visavis models copy ${folder}`);
  }
  const own = await readManifest(manifestPath(folder, model));
  if (own.kind !== 'embedder')
    throw new Error(`--model: expected a model that embeds faces, got ${model}, which is a model of kind "${own.kind}"`);
  // Other models may be broken: they have no part in it.
  const used = [own, ...(await Promise.all(NEEDED.map((id) => readManifest(manifestPath(folder, id)))))];
  // A cohort says what embeddings are worth, and changes none.
  return used
    .flatMap(({ files, embedder }) => files.filter(({ path }) => path !== embedder?.cohort?.path).map(({ sha256 }) => sha256))
    .sort();
}

/**
 * The cohort of a model, and the operating points of normalized distances that it came with; null for a model without a cohort.
 * @param {string} folder of models
 * @param {string} model
 * @returns {Promise<import('../../src/shared/VerifierInfo.js').NormalizedPoints | null>}
 */
export async function readNormalized(folder, model) {
  const { files, embedder } = await readManifest(manifestPath(folder, model));
  if (!embedder?.cohort) return null;
  const { path, operatingPoints, fused, measurement, ...rule } = embedder.cohort;
  const { sha256 } = /** @type {{ sha256: string }} */ (files.find((file) => file.path === path));
  const bytes = new Uint8Array(await readFile(join(folder, model, path)));
  return { cohort: readCohort({ bytes, sha256, embeddingSize: embedder.embeddingSize, rule }), operatingPoints, fused, measurement };
}
