import { distance } from './distance.mjs';
import { fuseMean } from './fuseMean.mjs';

/**
 * One way of keeping several pictures of a person and of comparing a probe with them.
 * @typedef {object} TemplateMethod
 * @property {string} name
 * @property {(pictures: readonly Pictured[]) => Float32Array[]} keep embeddings of unit length
 * @property {(distances: readonly number[]) => number} compare the distances to those embeddings, as one; does not keep them
 *
 * @typedef {{ embedding: Float32Array, score: number }} Pictured `score`: quality, 0 … 1
 */

/** The one that the others are compared with comes first. */
export const BASELINE = 'mean';

/**
 * @param {{ strict: number, lax: number }} limits distances to the medoid beyond which a picture counts as somebody else's: that which the SDK takes
 *   (the threshold at 1 in 1,000), and a laxer one (at 1 in 100)
 * @returns {TemplateMethod[]}
 */
export function templateMethods({ strict, lax }) {
  const first = (/** @type {readonly number[]} */ distances) => distances[0];
  const all = (/** @type {readonly Pictured[]} */ pictures) => pictures.map(({ embedding }) => embedding);
  return [
    { name: BASELINE, keep: (pictures) => [fuseMean(all(pictures))], compare: first },
    {
      name: 'mean of those near the medoid (1 in 1,000)',
      keep: (pictures) => [fuseMean(nearMedoid(all(pictures), strict))],
      compare: first,
    },
    { name: 'mean of those near the medoid (1 in 100)', keep: (pictures) => [fuseMean(nearMedoid(all(pictures), lax))], compare: first },
    { name: 'mean without the furthest', keep: (pictures) => [fuseMean(withoutFurthest(all(pictures)))], compare: first },
    { name: 'mean by quality', keep: (pictures) => [weightedMean(pictures, (score) => score)], compare: first },
    { name: 'mean by quality²', keep: (pictures) => [weightedMean(pictures, (score) => score ** 2)], compare: first },
    { name: 'mean by quality⁴', keep: (pictures) => [weightedMean(pictures, (score) => score ** 4)], compare: first },
    { name: 'best picture alone', keep: (pictures) => [best(pictures).embedding], compare: first },
    { name: 'all, smallest distance', keep: all, compare: (distances) => Math.min(...distances) },
    { name: 'all, mean distance', keep: all, compare: (distances) => distances.reduce((sum, d) => sum + d, 0) / distances.length },
    { name: 'all, median distance', keep: all, compare: median },
  ];
}

/** The normalized mean, by weights. @param {readonly Pictured[]} pictures @param {(score: number) => number} weight */
export function weightedMean(pictures, weight) {
  return fuseMean(pictures.map(({ embedding, score }) => embedding.map((v) => v * weight(score))));
}

/** As `src/matching/fuseEmbeddings.ts` chooses them. @param {readonly Float32Array[]} embeddings @param {number} limit */
export function nearMedoid(embeddings, limit) {
  const medoid = embeddings[leastSum(embeddings)];
  return embeddings.filter((embedding) => distance(embedding, medoid) <= limit);
}

/** All but the one furthest from the others; both of two. @param {readonly Float32Array[]} embeddings */
export function withoutFurthest(embeddings) {
  if (embeddings.length < 3) return [...embeddings];
  const sums = sumsOfDistances(embeddings);
  const furthest = sums.indexOf(Math.max(...sums));
  return embeddings.filter((_, i) => i !== furthest);
}

/** @param {readonly Float32Array[]} embeddings */
function leastSum(embeddings) {
  const sums = sumsOfDistances(embeddings);
  return sums.indexOf(Math.min(...sums));
}

/** @param {readonly Float32Array[]} embeddings */
function sumsOfDistances(embeddings) {
  return embeddings.map((a) => embeddings.reduce((sum, b) => sum + distance(a, b), 0));
}

/** @param {readonly Pictured[]} pictures */
function best(pictures) {
  return pictures.reduce((a, b) => (b.score > a.score ? b : a));
}

/** Of an even number of values the mean of the middle two. @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
