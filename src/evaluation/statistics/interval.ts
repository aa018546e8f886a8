/** A 95 % interval of a rate; [0, 1] if the data say nothing. */
export type Interval = readonly [low: number, high: number];

/** With fewer than this, resampling the people says nothing. */
export const MIN_INDEPENDENT = 10;

/**
 * The 95 % interval of a rate: the middle of its bootstrap resamples, widened if necessary to include the rate itself.
 *
 * Resampling cannot show an error that never happened. For a rate of 0 or 1 the limit is therefore the exact binomial one, for as many
 * trials as there were independent ones (people for genuine pairs, pairs of people without a common person for impostor pairs).
 * @param resampled rates; those that are not finite (a resample without any pair) are left out
 */
export function interval(resampled: ArrayLike<number>, rate: number, independent: number): Interval {
  const sorted = Array.from(resampled)
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  if (independent < MIN_INDEPENDENT || sorted.length === 0) return [0, 1];
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))]!;
  const unseen = 1 - 0.025 ** (1 / independent);
  const low = Math.min(at(0.025), rate === 1 ? 1 - unseen : rate);
  const high = Math.max(at(0.975), rate === 0 ? unseen : rate);
  return [outward(low, -1), outward(high, 1)];
}

/** Three significant digits, rounded outwards. */
function outward(value: number, direction: 1 | -1): number {
  if (value <= 0) return 0;
  const rounded = Number(value.toPrecision(3));
  if ((rounded - value) * direction >= 0) return Math.min(rounded, 1);
  const unit = 10 ** (Math.floor(Math.log10(value)) - 2);
  return Math.min(Number((rounded + direction * unit).toPrecision(3)), 1);
}
