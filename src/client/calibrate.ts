import { faultOfFused, faultOfPoints, type Calibration } from '../shared/Calibration.js';
import { describe } from '../shared/describe.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import type { EmbeddingOrigin } from '../shared/Template.js';

/** Throws a TypeError for anything that is not a file of operating points. */
export function assertCalibration(value: unknown): asserts value is Calibration {
  const c = value as Partial<Calibration> | null;
  const fault =
    typeof c !== 'object' || c === null || c.format !== 'visavis-operating-points'
      ? `got ${describe(value)}`
      : c.formatVersion !== 1
        ? `its format version is ${describe(c.formatVersion)}, this SDK reads 1`
        : typeof c.measurement?.dataset !== 'string'
          ? 'it does not say what they were measured on'
          : faultOfPoints(c.operatingPoints) || faultOfFused(c.fused ?? []);
  if (fault) throw new TypeError(`expected operatingPoints as \`npm run evaluate -- --operating-points FILE\` writes them: ${fault}`);
  if (c!.operatingPoints!.length === 0) throw new RangeError('expected at least one operating point, got none');
}

/** The operating points of a calibration in place of the model's. Throws a RangeError where they belong to other embeddings. */
export function calibrate(
  { model, modelVersion, pipelineVersion, operatingPoints, measurement, fused = [] }: Calibration,
  own: EmbeddingOrigin,
): Pick<VerifierInfo, 'operatingPoints' | 'measurement' | 'fused'> {
  const name = (o: EmbeddingOrigin) => `${o.model} ${o.modelVersion}, pipeline ${o.pipelineVersion}`;
  const [theirs, ours] = [name({ model, modelVersion, pipelineVersion }), name(own)];
  if (theirs !== ours) throw new RangeError(`expected operating points of ${ours}, got some of ${theirs}: measure them anew`);
  return { operatingPoints, measurement, fused };
}
