import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';

/** How many pictures are fused on either side of a comparison. */
export interface FrameCounts {
  readonly templateFrames: number;
  readonly probeFrames: number;
}

const COUNTS: OptionNames<FrameCounts> = { templateFrames: true, probeFrames: true };

/**
 * The measured curve for embeddings fused from several pictures. Fusing brings strangers a little nearer to each other too, so that the
 * threshold of single pictures would let more of them in than it says.
 *
 * Of the curves measured with at least as many frames on both sides the one with the fewest: more frames mean a lower threshold, so that the
 * false match rate is kept. Where there are more frames than were ever measured the curve with the most counts. Single pictures (and
 * models without such curves) have `operatingPoints`.
 */
export function curveFor(
  calibration: { readonly operatingPoints: readonly OperatingPoint[]; readonly fused: readonly FusedCalibration[] },
  counts: FrameCounts,
): readonly OperatingPoint[] {
  assertOptions(counts, COUNTS, 'curveFor');
  const { templateFrames, probeFrames } = counts;
  for (const frames of [templateFrames, probeFrames]) {
    if (!(Number.isInteger(frames) && frames >= 1)) throw new RangeError(`expected a count of frames, 1 or more, got ${describe(frames)}`);
  }
  if (templateFrames === 1 && probeFrames === 1) return calibration.operatingPoints;
  const byFrames = [...calibration.fused].sort(
    (a, b) => a.templateFrames * a.probeFrames - b.templateFrames * b.probeFrames || a.probeFrames - b.probeFrames,
  );
  const enough = byFrames.find((c) => c.templateFrames >= templateFrames && c.probeFrames >= probeFrames);
  return (enough ?? mostOf(byFrames, probeFrames))?.operatingPoints ?? calibration.operatingPoints;
}

/** The curve with the most frames, among those whose probes have enough of them where there are any. */
function mostOf(byFrames: readonly FusedCalibration[], probeFrames: number): FusedCalibration | undefined {
  const fitting = byFrames.filter((c) => c.probeFrames >= probeFrames);
  return (fitting.length > 0 ? fitting : byFrames).at(-1);
}
