// Embeds pictures through the built SDK in a headless browser.
import { availableParallelism } from 'node:os';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { openCache } from './openCache.mjs';
import { openPage } from './openPage.mjs';

const BATCH = 16;
/** After this many pictures in a row with an error that no picture explains, the engine is broken, not the pictures. */
const TOO_MANY = 20;

/**
 * @typedef {{ file: string, embedding: Float32Array | null, reasons: string[], measures?: Record<string, number>, error?: string }}
 *   Embedded `error`: `no-face`, or what was wrong with the file;
 *   `measures`: the face's quality, and the absolute angles of its pose
 * @typedef {import('../../src/shared/VerifierInfo.js').VerifierInfo} VerifierInfo
 *
 * @typedef {object} EmbedOptions
 * @property {string} images
 * @property {readonly string[]} files below `images`
 * @property {string} backend
 * @property {string} arithmetic
 * @property {string} models the folder of models
 * @property {string} model
 * @property {(info: VerifierInfo) => string | null} cacheAt where results are kept; null: nowhere
 * @property {boolean} [fresh] do not use results from the cache
 * @property {(total: number, known: number) => (done: number) => void} onStart called once it is known how many are cached
 * @property {AbortSignal} signal stops after the pictures in progress, which are kept
 */

/**
 * @param {EmbedOptions} options
 * @returns {Promise<{ info: VerifierInfo, results: Embedded[], known: number, kept: number, seconds: number, stopped: boolean }>} in the
 *   order of `files`;
 *   `known`: how many came from the cache, `kept`: how many it holds now; `seconds`: for the others, without loading
 */
export async function embedPictures({ images, files, backend, arithmetic, models, model, cacheAt, fresh = false, onStart, signal }) {
  const { page, close } = await openPage(images, models);
  let embedded;
  try {
    const jobs = backend === 'webgl' ? 1 : Math.min(4, availableParallelism());
    const info = await page.evaluate(open, { at: '/dist/visavis.js', backend, arithmetic, model, jobs });
    const at = cacheAt(info);
    const cache = at === null ? null : openCache(at, { fresh });
    /** @type {Map<string, Embedded>} */
    const results = new Map();
    /** @type {Map<string, import('./openCache.mjs').Stamp>} */
    const stamps = new Map();
    for (const file of files) {
      const found = await stat(join(images, file)).catch(() => null);
      // A folder that is called like a picture is none, and says so when it is asked for.
      if (!found?.isFile()) continue;
      const stamp = { size: found.size, mtime: Math.round(found.mtimeMs) };
      stamps.set(file, stamp);
      const kept = cache?.get(file, stamp);
      if (kept) results.set(file, kept);
    }
    const known = results.size;
    const missing = files.filter((file) => !results.has(file));
    const onProgress = onStart(files.length, known);
    const began = performance.now();
    let strange = 0;
    let kept = known;
    for (let i = 0; i < missing.length && !signal.aborted; i += BATCH) {
      for (const { lasting, ...result } of await page.evaluate(embedBatch, missing.slice(i, i + BATCH))) {
        const embedded = { ...result, embedding: result.embedding && Float32Array.from(result.embedding) };
        results.set(result.file, embedded);
        strange = lasting ? 0 : strange + 1;
        const stamp = stamps.get(result.file);
        if (lasting && stamp) {
          cache?.add(stamp, embedded);
          kept++;
        }
        if (strange >= TOO_MANY) throw new Error(`The last ${strange} pictures all failed: ${result.error}`);
      }
      onProgress(results.size);
    }
    embedded = {
      info,
      results: files.flatMap((file) => results.get(file) ?? []),
      known,
      kept,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await close();
  }
  // Also where nothing is missing, and while the browser was closed: whoever interrupts a run does not want what comes next.
  return { ...embedded, stopped: signal.aborted };
}

// The functions below run in the page.

/** @param {{ at: string, backend: string, arithmetic: string, model: string, jobs: number }} options `at`: where the library is */
async function open({ at, backend, arithmetic, model, jobs }) {
  const { createFaceVerifier } = await import(at);
  // What lies in the folder is what is measured, also a model that was calibrated, or trained, since the library was built.
  const manifest = await (await fetch(`/models/${model}/manifest.json`)).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', manifest));
  const integrity = { [model]: `sha256-${btoa(String.fromCharCode(...hash))}` };
  const create = () => createFaceVerifier({ modelsUrl: '/models/', backend, arithmetic, model, integrity });
  const verifiers = await Promise.all(Array.from({ length: jobs }, create));
  Object.assign(window, { verifiers });
  return verifiers[0].info;
}

/**
 * `lasting`: the same file would give the same result again.
 * @param {string[]} files
 * @returns {Promise<{ file: string, embedding: number[] | null, reasons: string[], measures?: Record<string, number>, error?: string,
 *   lasting: boolean }[]>}
 */
async function embedBatch(files) {
  const { verifiers } = /** @type {any} */ (window);
  const queue = files.map((file, i) => ({ file, i }));
  const out = new Array(files.length);
  await Promise.all(
    verifiers.map(async (/** @type {any} */ verifier) => {
      for (let job = queue.shift(); job; job = queue.shift()) {
        const { file, i } = job;
        try {
          const response = await fetch(`/images/${file.split('/').map(encodeURIComponent).join('/')}`);
          if (!response.ok) {
            out[i] = {
              file,
              embedding: null,
              reasons: [],
              error: `The file is missing or cannot be read (${response.status}).`,
              lasting: false,
            };
            continue;
          }
          const { embedding, face } = await verifier.embed(await response.blob(), { select: 'central' });
          const { reasons } = face.quality;
          const measured = Object.entries(face.quality).filter(([, measure]) => typeof measure === 'number');
          const angles = Object.entries(face.pose).map(([name, angle]) => [name, Math.abs(angle)]);
          out[i] = {
            file,
            embedding: Array.from(embedding),
            reasons,
            measures: Object.fromEntries([...measured, ...angles]),
            lasting: true,
          };
        } catch (error) {
          const { code, message } = /** @type {any} */ (error);
          const lasting = code === 'no-face' || code === 'bad-image';
          out[i] = { file, embedding: null, reasons: [], error: code === 'no-face' ? code : message, lasting };
        }
      }
    }),
  );
  return out;
}
