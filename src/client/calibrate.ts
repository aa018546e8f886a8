import { faultOfFused, faultOfPoints, type Calibration } from '../shared/Calibration.js';
import { describe } from '../shared/describe.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import type { EmbeddingOrigin } from '../shared/Template.js';

/** Throws a TypeError for anything that is not a file of operating points, and a RangeError for one without any. */
export function assertCalibration(value: unknown): asserts value is Calibration {
  const fault = faultOf(value);
  if (fault) throw new TypeError(`expected operatingPoints as \`npx visavis evaluate --operating-points FILE\` writes them: ${fault}`);
  if ((value as Calibration).operatingPoints.length === 0) throw new RangeError('expected at least one operating point, got none');
}

/** What is wrong, in words; '' if nothing is. */
function faultOf(value: unknown): string {
  const c = value as Partial<Calibration> | null;
  if (typeof c !== 'object' || c === null || c.format !== 'visavis-operating-points') return `got ${describe(value)}`;
  if (c.formatVersion !== 1) return `its format version is ${describe(c.formatVersion)}, but this SDK reads version 1`;
  if (typeof c.measurement?.dataset !== 'string') return 'it does not say what they were measured on';
  return faultOfPoints(c.operatingPoints) || faultOfFused(c.fused ?? []);
}

/** A calibration's operating points, to use instead of the model's. Throws a RangeError if they belong to other embeddings. */
export function calibrate(
  { model, modelVersion, pipelineVersion, operatingPoints, measurement, fused = [] }: Calibration,
  own: EmbeddingOrigin,
): Pick<VerifierInfo, 'operatingPoints' | 'measurement' | 'fused' | 'points'> {
  const name = (o: EmbeddingOrigin) => `${o.model} ${o.modelVersion}, pipeline ${o.pipelineVersion}`;
  const [theirs, ours] = [name({ model, modelVersion, pipelineVersion }), name(own)];
  if (theirs !== ours) throw new RangeError(`expected operating points of ${ours}, got those of ${theirs}: measure them again`);
  return { operatingPoints, measurement, fused, points: 'own' };
}
