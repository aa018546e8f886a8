import { curveFor } from '../matching/curveFor.js';
import { isExtrapolated, thresholdAt } from '../matching/operatingCurve.js';
import type { FaceReport } from '../shared/FaceReport.js';
import type { Template } from '../shared/Template.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import type { NoMatchReason, VerifyResult } from '../shared/verification.js';

/** The result of a verification that had nothing to compare. */
export function notCompared(
  info: VerifierInfo,
  { template, fmr, face, reason }: { template: Template; fmr: number; face: FaceReport | null; reason: NoMatchReason },
): VerifyResult & { readonly match: false } {
  const points = curveFor(info.normalized ?? info, { templateFrames: template.captures, probeFrames: 1 });
  const rates = { threshold: thresholdAt(points, fmr), extrapolated: isExtrapolated(points, fmr), estimatedFmr: null };
  return { match: false, distance: null, normalizedDistance: null, ...rates, face, frames: 0, liveness: null, reason };
}
