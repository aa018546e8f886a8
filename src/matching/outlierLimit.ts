import { thresholdAt } from './operatingCurve.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import { DEFAULT_FMR } from '../shared/options.js';

/**
 * The distance beyond which two captures count as different people: the threshold at the default false match rate, or at the measured rate
 * nearest to it.
 */
export function outlierLimit(points: readonly OperatingPoint[]): number {
  const rates = points.map(({ fmr }) => fmr);
  return thresholdAt(points, Math.min(Math.max(DEFAULT_FMR, Math.min(...rates)), Math.max(...rates)));
}
