import { thresholdAt } from './operatingCurve.js';
import type { OperatingPoint } from '../shared/Manifest.js';
import { DEFAULT_FMR } from '../shared/options.js';

/** Between unit vectors. */
const LARGEST_DISTANCE = 2;

/**
 * The distance beyond which two captures count as different people: the threshold at the default false match rate, or at the measured rate
 * nearest to it. Of a model without operating points nothing is known: then any two may be one person.
 */
export function outlierLimit(points: readonly OperatingPoint[]): number {
  if (points.length === 0) return LARGEST_DISTANCE;
  const rates = points.map(({ fmr }) => fmr);
  return thresholdAt(points, Math.min(Math.max(DEFAULT_FMR, Math.min(...rates)), Math.max(...rates)));
}
