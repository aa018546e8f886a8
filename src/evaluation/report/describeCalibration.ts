import type { Calibration } from '../../shared/Calibration.js';
import { percent } from './numbers.js';

/** A calibration's contents, as lines of text for a console. */
export function describeCalibration({ operatingPoints, measurement, fused = [] }: Calibration, where: string): string {
  const frames = fused.map(({ templateFrames, probeFrames }) => `${templateFrames}/${probeFrames}`).join(', ');
  return [
    `Operating points (${measurement.impostorPairs.toLocaleString('en')} impostor pairs) written to ${where}`,
    '  FMR       threshold  FNMR       95 % interval of FNMR',
    ...operatingPoints.map(
      ({ fmr, threshold, fnmr, fnmrInterval }) =>
        `  ${fmr.toExponential(0).padEnd(9)} ${threshold.toFixed(4)}     ${percent(fnmr).padStart(8)}   ${fnmrInterval.map(percent).join(' … ')}`,
    ),
    frames ? `  and for several pictures (template/probe): ${frames}` : '  none for several pictures: too few people have them',
  ].join('\n');
}
