import type { Interval } from './interval.js';

/**
 * The middle 95 % of resampled values; values that are not finite (a resample without any pair) are left out.
 * @returns null without values
 */
export function middle95(resampled: ArrayLike<number>): Interval | null {
  const sorted = Float64Array.from(Array.from(resampled).filter(Number.isFinite)).sort();
  if (sorted.length === 0) return null;
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  return [at(0.025), at(0.975)];
}
