import { clusterQuality } from './clusterQuality.mjs';

/** @typedef {import('./clusterQuality.mjs').Agreement} Agreement */
/**
 * @typedef {object} ClusterRun
 * @property {number} fmr the threshold's false match rate, as the operating points say
 * @property {number} threshold
 * @property {number} clusters
 * @property {Agreement} pairwise
 * @property {Agreement} bcubed
 *
 * @typedef {object} ClusterReport
 * @property {number} minPictures
 * @property {number} people
 * @property {number} pictures
 * @property {string} thresholdsFrom whose operating points were used
 * @property {ClusterRun | null} atThreshold null where nobody has enough pictures
 * @property {ClusterRun[]} sweep
 * @property {ClusterRun | null} best of the sweep by B-cubed F1: chosen on these very pictures, so better than to be expected
 */

/**
 * Sorts the pictures of everyone with enough of them by face alone, and compares with who they show.
 * @param {readonly import('./statistics/prepareSamples.mjs').Sample[]} samples
 * @param {object} options
 * @param {number} options.minPictures
 * @param {number} options.fmr
 * @param {readonly { fmr: number, threshold: number }[]} options.points
 * @param {string} options.thresholdsFrom
 * @param {Pick<typeof import('../../src/index.js'), 'cluster' | 'thresholdAt'>} options.sdk as built
 * @returns {ClusterReport}
 */
export function clusterPeople(samples, { minPictures, fmr, points, thresholdsFrom, sdk }) {
  /** @type {Map<string, Float32Array[]>} */
  const people = new Map();
  for (const { identity, embedding } of samples) {
    if (embedding) people.set(identity, [...(people.get(identity) ?? []), embedding]);
  }
  const chosen = [...people].filter(([, own]) => own.length >= minPictures);
  const embeddings = chosen.flatMap(([, own]) => own);
  const truth = chosen.flatMap(([identity, own]) => own.map(() => identity));
  const threshold = sdk.thresholdAt(/** @type {any} */ (points), fmr);

  const run = (/** @type {{ fmr: number, threshold: number }} */ at) => {
    const { clusters, pairwise, bcubed } = clusterQuality(sdk.cluster(embeddings, { threshold: at.threshold }), truth);
    return { fmr: at.fmr, threshold: at.threshold, clusters, pairwise, bcubed };
  };
  const some = embeddings.length > 0;
  const sweep = some ? points.map(run) : [];
  return {
    minPictures,
    people: chosen.length,
    pictures: embeddings.length,
    thresholdsFrom,
    atThreshold: some ? run({ fmr, threshold }) : null,
    sweep,
    best: sweep.length > 0 ? sweep.reduce((a, b) => (b.bcubed.f1 > a.bcubed.f1 ? b : a)) : null,
  };
}
