import type { OperatingPoint } from '../../src/index.js';

/** The share of genuine attempts that are refused at a false match rate, in words, according to the nearest stricter measured point. */
export function refusals(points: readonly OperatingPoint[], fmr: number): string {
  const measured = points.filter((p) => p.fmr <= fmr * 1.001).sort((a, b) => b.fmr - a.fmr)[0];
  if (!measured) return '';
  // If none was refused, only the interval is informative.
  const most = Math.ceil(measured.fnmrInterval[1] * 1000) / 10;
  const share = measured.fnmr === 0 ? `fewer than ${most}` : `about ${percent(measured.fnmr)}`;
  return `At this strictness ${share} % of genuine attempts are refused.`;
}

function percent(share: number): string {
  return (share * 100).toFixed(share < 0.1 ? 1 : 0);
}
