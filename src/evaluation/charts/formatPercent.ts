/**
 * A share as a percentage with at least two significant digits, never in exponential notation: `0.001`, `3.5`, `96.7`.
 * @param digits significant digits
 */
export function formatPercent(share: number, digits = 3): string {
  const percent = Number((100 * share).toPrecision(digits));
  if (percent === 0) return '0';
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(percent))));
  return percent
    .toFixed(Math.min(places, 12))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}
