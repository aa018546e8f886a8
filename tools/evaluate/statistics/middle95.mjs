/**
 * The middle 95 % of resampled values; those that are not finite (a resample without any pair) are left out.
 * @param {ArrayLike<number>} resampled
 * @returns {[number, number] | null} null without values
 */
export function middle95(resampled) {
  const sorted = Float64Array.from(Array.from(resampled).filter(Number.isFinite)).sort();
  if (sorted.length === 0) return null;
  const at = (/** @type {number} */ share) => sorted[Math.round(share * (sorted.length - 1))];
  return [at(0.025), at(0.975)];
}
