import { describe } from './describe.js';
import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';
import type { EmbeddingOrigin } from './Template.js';

/** Operating points and what they belong to, in the form stored in a file (JSON). */
export interface Calibration extends EmbeddingOrigin {
  readonly format: 'visavis-operating-points';
  readonly formatVersion: 1;
  readonly operatingPoints: readonly OperatingPoint[];
  readonly measurement: Measurement;
  readonly fused?: readonly FusedCalibration[];
}

/** What is wrong with a list of operating points, in words; '' if nothing is. */
export function faultOfPoints(points: unknown): string {
  if (!Array.isArray(points)) return `the operating points are ${describe(points)}`;
  for (const p of points as (Partial<OperatingPoint> | null)[]) {
    const inRange = (value: unknown, low: number, high: number) => typeof value === 'number' && value >= low && value <= high;
    if (!(inRange(p?.fmr, Number.MIN_VALUE, 1) && inRange(p?.threshold, 0, 2) && inRange(p?.fnmr, 0, 1))) {
      return `an operating point is out of range: ${JSON.stringify(p)}`;
    }
  }
  const rising = [...(points as OperatingPoint[])].sort((a, b) => a.fmr - b.fmr);
  const falls = rising.some((p, i) => i > 0 && p.threshold < rising[i - 1]!.threshold);
  return falls ? 'the thresholds do not rise with the false match rate' : '';
}

/** What is wrong with the curves for fused embeddings, in words; '' if nothing is. */
export function faultOfFused(fused: unknown): string {
  if (!Array.isArray(fused)) return `the curves of fused embeddings are ${describe(fused)}`;
  for (const curve of fused as (Partial<FusedCalibration> | null)[]) {
    for (const frames of [curve?.templateFrames, curve?.probeFrames]) {
      if (!(Number.isInteger(frames) && frames! >= 1)) return `a curve of fused embeddings counts ${describe(frames)} frames`;
    }
    const fault = faultOfPoints(curve!.operatingPoints) || (curve!.operatingPoints!.length === 0 ? 'a curve is empty' : '');
    if (fault) return `in the curve of ${curve!.templateFrames} and ${curve!.probeFrames} frames ${fault}`;
  }
  return '';
}
