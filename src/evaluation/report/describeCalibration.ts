import type { Calibration } from '../../shared/Calibration.js';
import { percent } from './numbers.js';

/** A calibration's contents, as lines of text for a console. */
export function describeCalibration(calibration: Calibration, where: string): string {
  const { operatingPoints, measurement, fused = [] } = calibration.normalized ?? calibration;
  const frames = fused.map(({ templateFrames, probeFrames }) => `${templateFrames}/${probeFrames}`).join(', ');
  return [
    `Operating points${calibration.normalized ? ' for normalized distances' : ''} (${measurement.impostorPairs.toLocaleString('en')} impostor pairs) written to ${where}`,
    '  FMR       threshold  FNMR       95 % interval of FNMR',
    ...operatingPoints.map(
      ({ fmr, threshold, fnmr, fnmrInterval, extrapolated }) =>
        `  ${fmr.toExponential(0).padEnd(9)} ${threshold.toFixed(4)}     ${percent(fnmr).padStart(8)}   ${fnmrInterval.map(percent).join(' … ')}${extrapolated ? '   extrapolated' : ''}`,
    ),
    frames ? `  and for several pictures (template/probe): ${frames}` : '  none for several pictures: too few people have them',
  ].join('\n');
}
