import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';

/** How many pictures are fused on each side of a comparison. */
export interface FrameCounts {
  readonly templateFrames: number;
  readonly probeFrames: number;
}

const COUNTS: OptionNames<FrameCounts> = { templateFrames: true, probeFrames: true };

/**
 * The measured curve for embeddings fused from several pictures. Fusing also brings strangers slightly closer together, so the threshold
 * for single pictures would let in more of them than its rate says.
 *
 * Of the curves measured with at least as many frames on both sides, this returns the one with the fewest: more frames mean a lower
 * threshold, so the false match rate is not exceeded. If no curve was measured with as many frames, it returns the one with the most. For
 * single pictures (and for models without such curves) it returns `operatingPoints`.
 *
 * Throws a RangeError for a number of frames that is not a positive integer, and a TypeError for what has no curves.
 */
export function curveFor(
  calibration: { readonly operatingPoints: readonly OperatingPoint[]; readonly fused: readonly FusedCalibration[] },
  counts: FrameCounts,
): readonly OperatingPoint[] {
  assertOptions(counts, COUNTS, 'curveFor');
  assertCurves(calibration);
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

/** The curve with the most frames, preferring curves with at least `probeFrames` frames in the probe. */
function mostOf(byFrames: readonly FusedCalibration[], probeFrames: number): FusedCalibration | undefined {
  const fitting = byFrames.filter((c) => c.probeFrames >= probeFrames);
  return (fitting.length > 0 ? fitting : byFrames).at(-1);
}

/** Callers without types may pass the `normalized` of a model that has none. */
function assertCurves(calibration: unknown): void {
  const { fused } = (calibration ?? {}) as { readonly fused?: unknown };
  if (!Array.isArray(fused))
    throw new TypeError(`expected verifier.info, or its \`normalized\` where that is not null, got ${describe(calibration)}`);
}
