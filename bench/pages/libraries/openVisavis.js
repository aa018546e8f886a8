/**
 * @typedef {'tracked' | 'anew' | 'cached'} Mode follows the face from frame to frame; finds it in every frame anew; may also answer from a
 * cache
 */
/** @typedef {HTMLCanvasElement | HTMLImageElement | HTMLVideoElement} Source */
/** @typedef {Float32Array | number[]} Embedding */
/**
 * What the bench needs from a library.
 * @typedef {{
 *   embed: (source: Source, mode: Mode) => Promise<Embedding>,
 *   samePerson: (a: Embedding, b: Embedding) => boolean,
 *   build: string,
 *   memory: () => Promise<{ tensors: number, bytes: number }>,
 * }} Library `embed` fails if it finds no face; `memory`: the library's own count of its tensors
 */

const TESTING = '/dist/testing.js';

/** @param {string} [base] where a version's folders are @returns {Promise<Library>} */
export async function openVisavis(base = '') {
  const { createFaceVerifier, distance, normalizedDistance, thresholdAt } = await import(`${base}/dist/visavis.js`);
  const verifier = await createFaceVerifier({ modelsUrl: `${base}/models/`, backend: 'wasm' });
  const { build, threads, operatingPoints, normalized } = verifier.info;
  // As `verify` decides; older versions and models without a cohort know plain distances only.
  const threshold = thresholdAt((normalized ?? { operatingPoints }).operatingPoints, 1e-3);
  return {
    build: `${build}, ${threads} thread(s), in a worker`,
    embed: async (source, mode) => (await verifier.embed(source, { track: mode !== 'anew' })).embedding,
    samePerson: (a, b) => (normalized ? normalizedDistance(a, b, normalized.cohort) : distance(a, b)) <= threshold,
    // No part of what a page loads to verify.
    memory: async () => (await import(TESTING)).engineMemory(verifier),
  };
}
