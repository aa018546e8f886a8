import { crossValidate, equalErrorRate, tarAtFar } from './lfwProtocol.mjs';
import { distance } from './statistics/distance.mjs';

/**
 * What a published list of pairs gives. A pair with a picture that has no face counts as refused, as everywhere in the literature.
 * @typedef {object} ProtocolRates
 * @property {string} name
 * @property {number} pairs
 * @property {number} genuinePairs
 * @property {number} impostorPairs
 * @property {number} withoutFace pairs that were refused because a picture has no usable face
 * @property {ReturnType<typeof crossValidate> | null} folds accuracy of each fold at the threshold of the others; null with fewer than two folds
 * @property {{ rate: number, threshold: number } | null} equalErrorRate null without pairs of both kinds
 * @property {ReturnType<typeof tarAtFar>[]} tar
 */

/**
 * @param {{ name: string, pairs: readonly import('./lfwProtocol.mjs').Pair[] }} protocol
 * @param {ReadonlyMap<string, Float32Array | null>} embeddings
 * @returns {ProtocolRates}
 */
export function protocolRates({ name, pairs }, embeddings) {
  const scores = pairs.map(({ fold, a, b, same }) => {
    const [x, y] = [embeddings.get(a), embeddings.get(b)];
    return { fold, same, distance: x && y ? distance(x, y) : Infinity };
  });
  return ratesOf(name, scores);
}

/** @param {string} name @param {import('./lfwProtocol.mjs').Score[]} scores @returns {ProtocolRates} */
export function ratesOf(name, scores) {
  const genuinePairs = scores.filter(({ same }) => same).length;
  const impostorPairs = scores.length - genuinePairs;
  const both = genuinePairs > 0 && impostorPairs > 0;
  return {
    name,
    pairs: scores.length,
    genuinePairs,
    impostorPairs,
    withoutFace: scores.filter((score) => score.distance === Infinity).length,
    folds: new Set(scores.map(({ fold }) => fold)).size > 1 ? crossValidate(scores) : null,
    equalErrorRate: both ? equalErrorRate(scores) : null,
    tar: both ? [1e-2, 1e-3].map((far) => tarAtFar(scores, far)) : [],
  };
}
