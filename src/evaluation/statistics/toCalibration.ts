import { isFlat, type Calibration } from '../../shared/Calibration.js';
import type { Measurement } from '../../shared/Manifest.js';
import type { EmbeddingOrigin } from '../../shared/Template.js';
import type { VerifierInfo } from '../../shared/VerifierInfo.js';
import type { FusedReport } from './fusedOperatingPoints.js';
import { neverLooser } from './neverLooser.js';
import type { VerificationReport } from './VerificationReport.js';

/**
 * Measured operating points in the form of the file that `createFaceVerifier({ operatingPoints })` accepts. Curves for fused frames that
 * support no operating point, or whose points all have one threshold, are left out.
 * @param origin what made the embeddings: `verifier.info`
 * @param dataset what they were measured on, in words
 * @param normalized for a model with a cohort: what was measured by normalized distances, and the SHA-256 of the cohort's file
 */
export function toCalibration(
  { model, modelVersion, pipelineVersion, arithmetic }: EmbeddingOrigin & Partial<Pick<VerifierInfo, 'arithmetic'>>,
  dataset: string,
  report: Pick<VerificationReport, 'operatingPoints' | 'measurement'>,
  fused: readonly FusedReport[],
  normalized?: {
    readonly cohort: string;
    readonly report: Pick<VerificationReport, 'operatingPoints' | 'measurement'>;
    readonly fused: readonly FusedReport[];
  },
): Calibration {
  const measured = { dataset, ...(arithmetic && { arithmetic }) };
  return {
    format: 'visavis-operating-points',
    formatVersion: 1,
    model,
    modelVersion,
    pipelineVersion,
    ...curvesOf(measured, report, fused),
    ...(normalized && { normalized: { cohort: normalized.cohort, ...curvesOf(measured, normalized.report, normalized.fused) } }),
  };
}

function curvesOf(
  measured: Pick<Measurement, 'dataset' | 'arithmetic'>,
  { operatingPoints, measurement }: Pick<VerificationReport, 'operatingPoints' | 'measurement'>,
  fused: readonly FusedReport[],
): Required<Pick<Calibration, 'operatingPoints' | 'measurement' | 'fused'>> {
  return {
    operatingPoints,
    measurement: { ...measured, ...measurement },
    fused: neverLooser([{ templateFrames: 1, probeFrames: 1, operatingPoints, measurement }, ...fused])
      .filter((curve) => curve.templateFrames * curve.probeFrames > 1 && curve.operatingPoints.length > 0 && !isFlat(curve.operatingPoints))
      .map((curve) => ({
        templateFrames: curve.templateFrames,
        probeFrames: curve.probeFrames,
        operatingPoints: curve.operatingPoints,
        measurement: { ...measured, ...curve.measurement },
      })),
  };
}
