import type { Calibration } from '../../shared/Calibration.js';
import type { EmbeddingOrigin } from '../../shared/Template.js';
import type { FusedReport } from './fusedOperatingPoints.js';
import type { VerificationReport } from './VerificationReport.js';

/**
 * Measured operating points in the form of the file that `createFaceVerifier({ operatingPoints })` accepts. Curves for fused frames that
 * support no operating point are left out.
 * @param origin what made the embeddings
 * @param dataset what they were measured on, in words
 */
export function toCalibration(
  { model, modelVersion, pipelineVersion }: EmbeddingOrigin,
  dataset: string,
  report: Pick<VerificationReport, 'operatingPoints' | 'measurement'>,
  fused: readonly FusedReport[],
): Calibration {
  return {
    format: 'visavis-operating-points',
    formatVersion: 1,
    model,
    modelVersion,
    pipelineVersion,
    operatingPoints: report.operatingPoints,
    measurement: { dataset, ...report.measurement },
    fused: fused
      .filter(({ templateFrames, probeFrames, operatingPoints }) => templateFrames * probeFrames > 1 && operatingPoints.length > 0)
      .map(({ templateFrames, probeFrames, operatingPoints, measurement }) => ({
        templateFrames,
        probeFrames,
        operatingPoints,
        measurement: { dataset, ...measurement },
      })),
  };
}
