import type { OperatingPoint } from '../../src/index.js';

const count = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** "1,000" for a rate of 1 in 1,000. */
export function oneIn(rate: number): string {
  return count.format(1 / rate);
}

/** How many strangers come this close, in words that claim no more than was measured: "About 1 in 2,300". */
export function describeRate(estimatedFmr: number, points: readonly OperatingPoint[]): string {
  const rates = points.map((p) => p.fmr);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  if (estimatedFmr <= least) return `Fewer than 1 in ${oneIn(least)}`;
  if (estimatedFmr >= 1) return `More than 1 in ${oneIn(most)}`;
  return `About 1 in ${oneIn(estimatedFmr)}`;
}
