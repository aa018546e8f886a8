import type { OperatingPoint } from '../../shared/Manifest.js';
import type { Interval } from './interval.js';

/** Visits pairs of people (p and q are their numbers) with the distance between a picture of each; the same pairs at every call. */
export type PairVisits = (visit: (p: number, q: number, distance: number) => void) => void;

/** What a threshold does to the pairs. A rate (a share, 0 … 1) and its interval are null where there are no pairs of that kind. */
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

/** What a threshold that promised a rate does to these pairs. */
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
  /** With a genuine pair. */
  readonly genuinePeople: number;
  /** In an impostor pair. */
  readonly impostorPeople: number;
  /** Descending rates, as in the manifest: `fmr` is the demanded rate. None without pairs of both kinds. */
  readonly operatingPoints: readonly OperatingPoint[];
  /** Descending thresholds, at rates that are evenly spaced in their logarithm; none without impostor pairs. */
  readonly curve: readonly RatesAt[];
  /** At the thresholds that were asked for. */
  readonly atThresholds: readonly RatesAtKnown[];
  readonly equalErrorRate: EqualErrorRate | null;
  /** Distances, ascending. */
  readonly genuine: Float32Array;
  /** Distances, ascending. */
  readonly impostor: Float32Array;
}
