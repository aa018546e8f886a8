/**
 * Fewer and wider bins, as densities: the area under them is 1 (or 0 if nothing was counted).
 * @param width of one bin of `counts`
 */
export function rebin(counts: readonly number[], width: number, bins: number): number[] {
  const sums = new Float64Array(bins);
  counts.forEach((count, i) => (sums[Math.floor((i * bins) / counts.length)]! += count));
  const total = sums.reduce((sum, count) => sum + count, 0);
  const scale = total === 0 ? 0 : bins / (total * width * counts.length);
  return Array.from(sums, (sum) => sum * scale);
}
