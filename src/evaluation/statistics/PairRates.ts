import type { OperatingPoint } from '../../shared/Manifest.js';
import type { Interval } from './interval.js';

/**
 * Visits pairs of people (p and q are their indices) with the distance between a picture of each. Must visit the same pairs on every call.
 */
export type PairVisits = (visit: (p: number, q: number, distance: number) => void) => void;

/** Error rates at a threshold. A rate (a share, 0 … 1) and its interval are null if there are no pairs of that kind. */
export interface RatesAt {
  readonly threshold: number;
  /** Impostor pairs at or below the threshold. */
  readonly falseMatches: number;
  readonly fmr: number | null;
  readonly fmrInterval: Interval | null;
  /** Genuine pairs above the threshold. */
  readonly falseNonMatches: number;
  readonly fnmr: number | null;
  readonly fnmrInterval: Interval | null;
}

/** Error rates on these pairs at a threshold that promises a rate. */
export interface RatesAtKnown extends RatesAt {
  /** The promised false match rate. */
  readonly nominalFmr: number;
}

/** The equal error rate (ISO/IEC 19795-1), the distance threshold there, and the rate's 95 % interval. */
export interface EqualErrorRate {
  readonly rate: number;
  readonly threshold: number;
  readonly interval: Interval;
}

export interface PairRates {
  readonly genuinePairs: number;
  readonly impostorPairs: number;
  /** People with at least one genuine pair. */
  readonly genuinePeople: number;
  /** People in at least one impostor pair. */
  readonly impostorPeople: number;
  /** In descending order of rate, as in the manifest; `fmr` is the requested rate. Empty without pairs of both kinds. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** In descending order of threshold, at rates that are evenly spaced in their logarithm. Empty without impostor pairs. */
  readonly curve: readonly RatesAt[];
  /** At the requested thresholds. */
  readonly atThresholds: readonly RatesAtKnown[];
  readonly equalErrorRate: EqualErrorRate | null;
  /** Distances, ascending. */
  readonly genuine: Float32Array;
  /** Distances, ascending. */
  readonly impostor: Float32Array;
}
