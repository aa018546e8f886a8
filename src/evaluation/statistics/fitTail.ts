import { thresholdAtRate } from './thresholdAtRate.js';

/** How the share of strangers falls with the distance, beyond what can be counted. */
export interface Tail {
  /** The distance that the fit begins at; it holds below. */
  readonly from: number;
  /** Of all pairs, how many are below it. */
  readonly share: number;
  /** The distance below which a share of all pairs lies, for shares up to `share`; -Infinity where none does. */
  thresholdAt(rate: number): number;
  /** The share of all pairs below a distance, for distances up to `from`. */
  rateAt(threshold: number): number;
}

/** The share of the pairs that a tail is fitted to: at least 500 of them if there are as many in 1 of 20, and no fewer than 1 in 1,000. */
const WANTED = 500;
const SHARES = [1e-3, 5e-2] as const;
/** With fewer pairs in it nothing is fitted. */
const FEWEST = 100;

/**
 * A generalized Pareto distribution fitted to the closest strangers, by probability-weighted moments (Hosking and Wallis, "Parameter and quantile
 * estimation for the generalized Pareto distribution", 1987): what lies beyond a high threshold has that distribution, whatever the whole has
 * (Pickands 1975). Null for too few pairs.
 * @param impostor distances, ascending
 * @param repetitions how often the same people were paired again: the pairs of all count, and are worth as much as those of one
 */
export function fitTail(impostor: ArrayLike<number>, repetitions: number): Tail | null {
  const independent = impostor.length / repetitions;
  const share = Math.min(SHARES[1], Math.max(SHARES[0], WANTED / independent));
  if (share * independent < FEWEST) return null;
  const from = thresholdAtRate(impostor, share);
  const beyond: number[] = [];
  for (let i = 0; impostor[i]! <= from; i++) beyond.push(from - impostor[i]!);
  return tailOf(from, share, beyond.reverse(), null);
}

/**
 * The distribution of what lies below `from`.
 * @param beyond how far, ascending
 * @param weights how often each counts; null: once
 */
export function tailOf(from: number, share: number, beyond: ArrayLike<number>, weights: ArrayLike<number> | null): Tail | null {
  let total = 0;
  for (let i = 0; i < beyond.length; i++) total += weights ? weights[i]! : 1;
  let [before, mean, upper] = [0, 0, 0];
  for (let i = 0; i < beyond.length; i++) {
    const weight = weights ? weights[i]! : 1;
    // The share of the others that is further beyond.
    const above = 1 - (before + weight / 2) / total;
    before += weight;
    mean += (weight * beyond[i]!) / total;
    upper += (weight * above * beyond[i]!) / total;
  }
  const shape = 2 - mean / (mean - 2 * upper);
  const scale = (2 * mean * upper) / (mean - 2 * upper);
  if (!(scale > 0) || !Number.isFinite(shape)) return null;
  const straight = Math.abs(shape) < 1e-6;
  return {
    ...{ from, share },
    thresholdAt(rate) {
      const ratio = share / rate;
      return from - (straight ? scale * Math.log(ratio) : (scale / shape) * (ratio ** shape - 1));
    },
    rateAt(threshold) {
      const y = (from - threshold) / scale;
      return share * (straight ? Math.exp(-y) : Math.max(0, 1 + shape * y) ** (-1 / shape));
    },
  };
}
