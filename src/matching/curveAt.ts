import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';
import { curveFor, type FrameCounts } from './curveFor.js';

/**
 * The same as `curveFor`, for a certain rate: where the curve for so many pictures in the probe was not measured at it, the next for more of them
 * that was, which is stricter. Without any, the curve for so many.
 */
export function curveAt(
  calibration: { readonly operatingPoints: readonly OperatingPoint[]; readonly fused: readonly FusedCalibration[] },
  { templateFrames, probeFrames }: FrameCounts,
  fmr: number,
): readonly OperatingPoint[] {
  // What is measured for the most stands for all that are more.
  const most = Math.max(...calibration.fused.map((one) => one.probeFrames)) + 1;
  for (let frames = probeFrames; frames <= most; frames++) {
    const points = curveFor(calibration, { templateFrames, probeFrames: frames });
    if (covers(points, fmr)) return points;
  }
  return curveFor(calibration, { templateFrames, probeFrames });
}

/** Whether the rate is in the range that was measured. */
export function covers(points: readonly OperatingPoint[], fmr: number): boolean {
  return points.some((point) => point.fmr <= fmr) && points.some((point) => point.fmr >= fmr);
}
