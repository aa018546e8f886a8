import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCohort } from 'visavis/evaluation';

/** @typedef {import('../../src/shared/Manifest.js').Manifest} Manifest */

/** The models by which the engine finds and aligns faces. */
const NEEDED = ['blazeface-256', 'facemesh-192'];

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
  const names = entries.flatMap((entry) => (entry.isDirectory() && !entry.name.startsWith('.') ? entry.name : []));
  const read = async (/** @type {string} */ id) =>
    /** @type {const} */ ([id, await readFile(manifestPath(folder, id), 'utf8').catch(() => null)]);
  // Whatever else lies there is no model.
  const texts = (await Promise.all(names.map(read))).flatMap(([id, text]) => (text === null ? [] : [/** @type {const} */ ([id, text])]));
  const ids = texts.map(([id]) => id);
  if (!ids.includes(model)) throw new Error(`--model: expected one of ${folder} (${ids.join(', ')}), got ${model}; see --models`);
  const missing = NEEDED.filter((id) => !ids.includes(id));
  if (missing.length > 0) {
    throw new Error(`${folder} lacks ${missing.join(' and ')}, which every recognizer needs beside it: npx visavis models copy ${folder}`);
  }
  const manifests = texts.map(([, text]) => /** @type {Manifest} */ (JSON.parse(text)));
  const own = manifests[ids.indexOf(model)];
  if (own.kind !== 'embedder')
    throw new Error(`--model: expected a model that embeds faces, got ${model}, which is a model of kind "${own.kind}"`);
  const used = manifests.filter((manifest) => manifest === own || manifest.kind !== 'embedder');
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
  const { files, embedder } = /** @type {Manifest} */ (JSON.parse(await readFile(manifestPath(folder, model), 'utf8')));
  if (!embedder?.cohort) return null;
  const { path, operatingPoints, fused, measurement, ...rule } = embedder.cohort;
  const { sha256 } = /** @type {{ sha256: string }} */ (files.find((file) => file.path === path));
  const bytes = new Uint8Array(await readFile(join(folder, model, path)));
  return { cohort: readCohort({ bytes, sha256, embeddingSize: embedder.embeddingSize, rule }), operatingPoints, fused, measurement };
}
