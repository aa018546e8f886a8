import { describe } from './describe.js';
import type { FusedCalibration, Measurement, OperatingPoint } from './Manifest.js';
import type { EmbeddingOrigin } from './Template.js';

/** Operating points and what they belong to, in the form stored in a file (JSON). */
export interface Calibration extends EmbeddingOrigin {
  readonly format: 'visavis-operating-points';
  readonly formatVersion: 1;
  /** For plain distances, as is `fused`. */
  readonly operatingPoints: readonly OperatingPoint[];
  readonly measurement: Measurement;
  readonly fused?: readonly FusedCalibration[];
  /** Only of a model with a cohort: the same for normalized distances, by which decisions are made then. */
  readonly normalized?: {
    /** SHA-256 of the cohort's file, lower-case hexadecimal. */
    readonly cohort: string;
    readonly operatingPoints: readonly OperatingPoint[];
    readonly measurement: Measurement;
    readonly fused: readonly FusedCalibration[];
  };
}

/**
 * The Euclidean distances between unit embeddings that can be thresholds. At 0.3 the cosine is 0.955, which two pictures of one person hardly
 * have; at 1.5 it is -0.125, which most strangers have.
 */
const THRESHOLDS = [0.3, 1.5] as const;

/** What is wrong with a list of operating points, in words; '' if nothing is. */
export function faultOfPoints(points: unknown): string {
  if (!Array.isArray(points)) return `the operating points are ${describe(points)}`;
  for (const p of points as (Partial<OperatingPoint> | null)[]) {
    const inRange = (value: unknown, low: number, high: number) => typeof value === 'number' && value >= low && value <= high;
    if (!(inRange(p?.fmr, Number.MIN_VALUE, 1) && inRange(p?.threshold, ...THRESHOLDS) && inRange(p?.fnmr, 0, 1))) {
      return `an operating point is out of range (thresholds are ${THRESHOLDS.join(' to ')}, rates 0 to 1): ${JSON.stringify(p)}`;
    }
  }
  const curve = [...(points as OperatingPoint[])].sort((a, b) => a.fmr - b.fmr);
  const some = (wrong: (point: OperatingPoint, stricter: OperatingPoint) => boolean) =>
    curve.some((point, i) => i > 0 && wrong(point, curve[i - 1]!));
  if (some((point, stricter) => point.fmr === stricter.fmr)) return 'two operating points have the same false match rate';
  if (some((point, stricter) => point.threshold < stricter.threshold)) return 'the thresholds do not rise with the false match rate';
  if (some((point, stricter) => point.fnmr > stricter.fnmr)) return 'the false non-match rates rise with the false match rate';
  return '';
}

/** Whether all points have one threshold. Of few people's pictures a stretch of a curve may be flat; a curve that is flat throughout decides nothing. */
export function isFlat(points: readonly OperatingPoint[]): boolean {
  return points.length > 1 && points.every(({ threshold }) => threshold === points[0]!.threshold);
}

/** What is wrong with any of a calibration's curves, those of normalized distances included, in words; '' if nothing is. */
export function faultOfCurves({
  operatingPoints,
  fused = [],
  normalized,
}: Pick<Calibration, 'operatingPoints' | 'fused' | 'normalized'>): string {
  const fault = faultOfPoints(operatingPoints) || faultOfFused(fused);
  if (fault || normalized === undefined) return fault;
  const normalizedFault = faultOfPoints(normalized.operatingPoints) || faultOfFused(normalized.fused);
  if (normalizedFault) return `of the normalized ones, ${normalizedFault}`;
  return normalized.operatingPoints.length === 0 ? 'there are no normalized ones' : '';
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
