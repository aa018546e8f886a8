import type { OperatingPoint } from '../../src/index.js';

/** The share of genuine attempts that are refused at a false match rate, in words; the nearest stricter measured point counts. */
export function refusals(points: readonly OperatingPoint[], fmr: number): string {
  const measured = points.filter((p) => p.fmr <= fmr * 1.001).sort((a, b) => b.fmr - a.fmr)[0];
  if (!measured) return '';
  const percent = measured.fnmr * 100;
  return `At this strictness about ${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} % of genuine attempts are refused.`;
}
