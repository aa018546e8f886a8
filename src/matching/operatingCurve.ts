import { describe } from '../shared/describe.js';
import type { OperatingPoint } from '../shared/Manifest.js';

/**
 * The distance threshold (Euclidean, 0 … 2) at a false match rate, interpolated between the model's measured operating points, linearly in
 * the logarithm of the rate. Throws a RangeError for a rate outside the measured range, for which there are no data.
 */
export function thresholdAt(points: readonly OperatingPoint[], fmr: number): number {
  if (typeof fmr !== 'number') throw new TypeError(`expected a false match rate, a number, got ${describe(fmr)}`);
  const curve = sorted(points);
  const first = curve[0];
  const last = curve[curve.length - 1];
  if (!first || !last) throw unmeasured();
  if (!(fmr >= first.fmr && fmr <= last.fmr)) {
    throw new RangeError(
      `expected a false match rate between ${first.fmr} and ${last.fmr}, the range this model was measured at, got ${fmr}`,
    );
  }
  const above = Math.max(
    1,
    curve.findIndex((p) => p.fmr >= fmr),
  );
  const [p, q] = [curve[above - 1]!, curve[above] ?? curve[above - 1]!];
  if (q.fmr === p.fmr) return p.threshold;
  const share = Math.log(fmr / p.fmr) / Math.log(q.fmr / p.fmr);
  return p.threshold + share * (q.threshold - p.threshold);
}

/** The error for a model without operating points. @param also what else helps */
export function unmeasured(...also: readonly string[]): RangeError {
  const advice = ['measure them with `npx visavis calibrate`', ...also, 'or choose another model'].join(', ');
  return new RangeError(`this model has no operating points: ${advice}`);
}

/**
 * The false match rate at which a distance would just be accepted, from the same curve. Below the smallest measured threshold it is the
 * smallest measured rate (an upper bound); above the largest it is 1 (nothing better is known).
 */
export function estimateFmr(points: readonly OperatingPoint[], distance: number): number {
  const curve = sorted(points);
  if (curve.length === 0) return 1;
  if (distance <= curve[0]!.threshold) return curve[0]!.fmr;
  const above = curve.findIndex((p) => p.threshold >= distance);
  if (above < 0) return 1;
  const [p, q] = [curve[above - 1]!, curve[above]!];
  const share = (distance - p.threshold) / (q.threshold - p.threshold);
  return p.fmr * (q.fmr / p.fmr) ** share;
}

/** Whether the threshold at a rate of the curve comes from points that were fitted and not counted. */
export function isExtrapolated(points: readonly OperatingPoint[], fmr: number): boolean {
  const below = sorted(points).filter((point) => point.fmr <= fmr);
  return below.at(-1)?.extrapolated ?? false;
}

/** Callers without types may pass what a model that was never measured has not. */
export function assertPoints(points: unknown): asserts points is readonly OperatingPoint[] {
  if (!Array.isArray(points)) throw new TypeError(`expected operating points, a list such as verifier.info's, got ${describe(points)}`);
}

function sorted(points: readonly OperatingPoint[]): OperatingPoint[] {
  assertPoints(points);
  return [...points].sort((a, b) => a.fmr - b.fmr);
}
