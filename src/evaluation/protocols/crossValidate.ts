import { bestThreshold } from './bestThreshold.js';
import type { PairScore } from './PairScore.js';

/** Accuracy as LFW's protocol reports it. Rates are shares, 0 … 1. */
export interface FoldAccuracy {
  /** Mean over the folds. */
  readonly accuracy: number;
  /** Standard deviation over the folds. */
  readonly std: number;
  /** Mean of the folds' thresholds. */
  readonly threshold: number;
  readonly perFold: readonly { readonly fold: string; readonly threshold: number; readonly accuracy: number }[];
}

/**
 * The share of pairs judged correctly in each fold, at the threshold that is best on all other folds (Huang et al., "Labeled Faces in the
 * Wild", 2007, view 2). Throws a RangeError for fewer than two folds.
 */
export function crossValidate(scores: readonly PairScore[]): FoldAccuracy {
  const folds = [...new Set(scores.map(({ fold }) => fold))];
  if (folds.length < 2) throw new RangeError(`expected pairs of at least 2 folds, got ${folds.length}`);
  const perFold = folds.map((fold) => {
    const { threshold } = bestThreshold(scores.filter((s) => s.fold !== fold));
    const own = scores.filter((s) => s.fold === fold);
    return { fold, threshold, accuracy: own.filter((s) => s.distance <= threshold === s.same).length / own.length };
  });
  const mean = average(perFold.map(({ accuracy }) => accuracy));
  const std = Math.sqrt(average(perFold.map(({ accuracy }) => (accuracy - mean) ** 2)));
  return { accuracy: mean, std, threshold: average(perFold.map(({ threshold }) => threshold)), perFold };
}

function average(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}
