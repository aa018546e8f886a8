import { crossValidate, type FoldAccuracy } from './crossValidate.js';
import { equalErrorRate } from './equalErrorRate.js';
import type { PairScore } from './PairScore.js';
import { tarAtFar, type TarAtFar } from './tarAtFar.js';

/**
 * The results for a published list of pairs. A pair with a picture that has no face counts as refused, as is usual in the literature. Plain
 * data.
 */
export interface ProtocolRates {
  readonly name: string;
  readonly pairs: number;
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  /** Pairs that were refused because a picture has no usable face. */
  readonly withoutFace: number;
  /** Accuracy of each fold at the threshold that is best on the others; null with fewer than two folds. */
  readonly folds: FoldAccuracy | null;
  /** Null without pairs of both kinds. */
  readonly equalErrorRate: { readonly rate: number; readonly threshold: number } | null;
  /** At false accept rates of 1 in 100 and 1 in 1,000; empty without pairs of both kinds. */
  readonly tar: readonly TarAtFar[];
}

const FARS = [1e-2, 1e-3];

/** The rates for a list of pairs whose distances are already known. */
export function measureScores(name: string, scores: readonly PairScore[]): ProtocolRates {
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
    tar: both ? FARS.map((far) => tarAtFar(scores, far)) : [],
  };
}
