import type { OperatingPoint } from '../../src/index.js';

/** The share of genuine attempts that are refused at a false match rate, in words; the nearest stricter measured point counts. */
export function refusals(points: readonly OperatingPoint[], fmr: number): string {
  const measured = points.filter((p) => p.fmr <= fmr * 1.001).sort((a, b) => b.fmr - a.fmr)[0];
  if (!measured) return '';
  // Where none was refused only the interval says something.
  const most = Math.ceil(measured.fnmrInterval[1] * 1000) / 10;
  const share = measured.fnmr === 0 ? `fewer than ${most}` : `about ${percent(measured.fnmr)}`;
  return `At this strictness ${share} % of genuine attempts are refused.`;
}

function percent(share: number): string {
  return (share * 100).toFixed(share < 0.1 ? 1 : 0);
}
