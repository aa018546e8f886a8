import { thresholdAt } from './operatingCurve.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import { DEFAULT_FMR } from '../shared/options.js';

/** Captures of one person that are further apart than strangers are at the default rate (or the nearest measured one) are not of one person. */
export function outlierLimit(points: readonly OperatingPoint[]): number {
  const rates = points.map(({ fmr }) => fmr);
  return thresholdAt(points, Math.min(Math.max(DEFAULT_FMR, Math.min(...rates)), Math.max(...rates)));
}
