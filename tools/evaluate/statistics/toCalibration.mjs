/** @typedef {import('../../../src/shared/Calibration.js').Calibration} Calibration */

/**
 * Measured operating points as the file that `createFaceVerifier({ operatingPoints })` accepts. Curves of fused frames that support no operating
 * point are left out.
 * @param {import('../../../src/shared/Template.js').EmbeddingOrigin} origin what made the embeddings
 * @param {string} dataset what they were measured on, in words
 * @param {Pick<import('./measure.mjs').Report, 'operatingPoints' | 'measurement'>} report
 * @param {readonly import('./fusedOperatingPoints.mjs').FusedReport[]} fused
 * @returns {Calibration}
 */
export function toCalibration({ model, modelVersion, pipelineVersion }, dataset, report, fused) {
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
