import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';
import { covers } from './curveAt.js';
import { curveFor } from './curveFor.js';
import { isExtrapolated, thresholdAt } from './operatingCurve.js';

/** More were never measured. */
const MOST = 5;

/**
 * How many frames of a probe to fuse, so that the fewest genuine attempts are refused at `fmr` by what was measured; of equally good
 * numbers the largest at which strangers could be counted. Only numbers count for which a curve with at least as many frames in the probe was measured at that rate: for more
 * frames its threshold would let in more strangers than it says. Throws a RangeError for a rate at which even one frame was not measured.
 */
export function framesFor(
  calibration: { readonly operatingPoints: readonly OperatingPoint[]; readonly fused: readonly FusedCalibration[] },
  { templateFrames, fmr }: { templateFrames: number; fmr: number },
): number {
  let best = { frames: 1, fnmr: refusedAt(curveFor(calibration, { templateFrames, probeFrames: 1 }), fmr) };
  for (let frames = 2; frames <= MOST; frames++) {
    const points = curveFor(calibration, { templateFrames, probeFrames: frames });
    const measured = calibration.fused.find((one) => one.operatingPoints === points)?.probeFrames ?? 1;
    if (measured < frames || !covers(points, fmr)) break;
    const fnmr = refusedAt(points, fmr);
    if (fnmr < best.fnmr || (fnmr === best.fnmr && !isExtrapolated(points, fmr))) best = { frames, fnmr };
  }
  return best.frames;
}

/** The share of genuine attempts that is refused, at the nearest measured rate that is not smaller. */
function refusedAt(points: readonly OperatingPoint[], fmr: number): number {
  thresholdAt(points, fmr); // throws for a rate outside the range
  const above = points.filter((point) => point.fmr >= fmr);
  return above.reduce((nearest, point) => (point.fmr < nearest.fmr ? point : nearest)).fnmr;
}
