import type { PairVisits } from './PairRates.js';
import { resamplePairs } from './resamplePairs.js';

export interface ResampledRates {
  /** `[threshold][resample]` */
  readonly fmr: readonly Float64Array[];
  /** `[threshold][resample]` */
  readonly fnmr: readonly Float64Array[];
}

export interface ResamplingOptions {
  readonly people: number;
  readonly forEachPair: PairVisits;
  /** Thresholds, in ascending order. */
  readonly ascending: Float64Array;
  readonly seed: number;
  readonly resamples: number;
}

/** Both error rates at each threshold in each resample of the people; NaN in a resample without a pair of that kind. */
export function resampledRates({ people, forEachPair, ascending, seed, resamples }: ResamplingOptions): ResampledRates {
  const bins = ascending.length + 1;
  const { genuine, impostor } = resamplePairs({
    people,
    bins,
    resamples,
    seed,
    forEachPair: (add) => forEachPair((p, q, distance) => add(p, q, firstThreshold(ascending, distance))),
  });
  for (const counts of [genuine, impostor]) {
    // Turns counts of pairs between thresholds into counts of accepted pairs; the last row becomes the total.
    for (let i = resamples; i < counts.length; i++) counts[i]! += counts[i - resamples]!;
  }
  const share = (counts: Float64Array, t: number, k: number) => counts[t * resamples + k]! / counts[(bins - 1) * resamples + k]!;
  const table = (rate: (t: number, k: number) => number) =>
    Array.from(ascending, (_, t) => Float64Array.from({ length: resamples }, (_, k) => rate(t, k)));
  return { fmr: table((t, k) => share(impostor, t, k)), fnmr: table((t, k) => 1 - share(genuine, t, k)) };
}

/** Index of the first threshold that accepts a distance. */
function firstThreshold(ascending: Float64Array, distance: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (distance <= ascending[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The equal error rate of one resample, interpolated linearly between thresholds. */
export function crossing({ fmr, fnmr }: ResampledRates, k: number): number {
  let [x, y] = [0, 1];
  for (let t = 0; t < fmr.length; t++) {
    const gap = fmr[t]![k]! - fnmr[t]![k]!;
    if (gap >= 0) return x + ((y - x) / (gap + y - x)) * (fmr[t]![k]! - x);
    [x, y] = [fmr[t]![k]!, fnmr[t]![k]!];
  }
  return NaN;
}
