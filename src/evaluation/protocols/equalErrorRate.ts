import { sortedEqualErrorRate } from '../statistics/sortedEqualErrorRate.js';
import type { PairScore } from './PairScore.js';
import { sortedDistances } from './sortedDistances.js';

/**
 * The equal error rate (ISO/IEC 19795-1): where the shares of accepted impostor pairs and of refused genuine pairs cross, with the distance
 * threshold there. The rate is the mean of the two shares at the distance where they are closest.
 */
export function equalErrorRate(scores: readonly PairScore[]): { rate: number; threshold: number } {
  return sortedEqualErrorRate(sortedDistances(scores, true), sortedDistances(scores, false));
}
