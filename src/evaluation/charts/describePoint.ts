import type { OperatingPoint } from '../../shared/Manifest.js';
import { formatPercent } from './formatPercent.js';
import { formatRate } from './formatRate.js';

/** An operating point in words. */
export function describePoint({ fmr, threshold, fnmr, fnmrInterval: [low, high], extrapolated }: OperatingPoint): string {
  const interval = `${formatPercent(low)} to ${formatPercent(high)} %`;
  return `false match rate ${formatRate(fmr)}: threshold ${threshold.toFixed(3)}, ${formatPercent(fnmr)} % of genuine pairs refused (${interval})${extrapolated ? ', extrapolated' : ''}`;
}
