import { countUpTo } from '../statistics/countUpTo.js';
import { thresholdAtRate } from '../statistics/thresholdAtRate.js';
import type { PairScore } from './PairScore.js';
import { sortedDistances } from './sortedDistances.js';

/** Shares, 0 … 1, and the distance threshold that gives them. */
export interface TarAtFar {
  readonly far: number;
  readonly tar: number;
  readonly threshold: number;
}

/**
 * The true accept rate (the share of genuine pairs that match) at the largest threshold whose false accept rate (the share of impostor
 * pairs that match) is not above `far`. NaN without genuine pairs.
 */
export function tarAtFar(scores: readonly PairScore[], far: number): TarAtFar {
  const genuine = sortedDistances(scores, true);
  const impostor = sortedDistances(scores, false);
  const threshold = thresholdAtRate(impostor, far);
  return { far, tar: countUpTo(genuine, threshold) / genuine.length, threshold };
}
