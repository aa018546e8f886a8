import type { PairScore } from './PairScore.js';

/** The distances of the pairs of one kind, in ascending order. */
export function sortedDistances(scores: readonly PairScore[], same: boolean): number[] {
  return scores
    .filter((score) => score.same === same)
    .map((score) => score.distance)
    .sort((a, b) => a - b);
}
