import { faultOfCurves, type Calibration } from '../shared/Calibration.js';
import { describe } from '../shared/describe.js';
import type { VerifierInfo } from '../shared/VerifierInfo.js';
import type { EmbeddingOrigin } from '../shared/Template.js';
import { nameOf } from './assertTemplate.js';

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
  return faultOfOrigin(c.normalized) || faultOfCurves(c as Calibration);
}

/** What is wrong with what is said of normalized points, beside the curves. */
function faultOfOrigin(normalized: Calibration['normalized'] | null): string {
  if (normalized === undefined) return '';
  if (typeof normalized !== 'object' || normalized === null) return `the normalized ones are ${describe(normalized)}`;
  if (typeof normalized.cohort !== 'string') return `the normalized ones do not name their cohort`;
  return typeof normalized.measurement?.dataset !== 'string' ? 'the normalized ones do not say what they were measured on' : '';
}

/**
 * A calibration's operating points, to use instead of the model's. One without normalized ones, such as any that was made before the model had a
 * cohort, decides by plain distances. Throws a RangeError if they belong to other embeddings, or to another cohort.
 */
export function calibrate(
  { model, modelVersion, pipelineVersion, operatingPoints, measurement, fused = [], normalized }: Calibration,
  own: EmbeddingOrigin & Pick<VerifierInfo, 'normalized'>,
): Pick<VerifierInfo, 'operatingPoints' | 'measurement' | 'fused' | 'points' | 'normalized'> {
  const [theirs, ours] = [nameOf({ model, modelVersion, pipelineVersion }), nameOf(own)];
  if (theirs !== ours) throw new RangeError(`expected operating points of ${ours}, got those of ${theirs}: measure them again`);
  const plain = { operatingPoints, measurement, fused, points: 'own' } as const;
  if (!normalized) return { ...plain, normalized: null };
  const { cohort: measuredWith, ...curves } = normalized;
  const cohort = own.normalized?.cohort;
  if (cohort?.sha256 !== measuredWith) {
    const [was, is] = [measuredWith.slice(0, 12), cohort ? `the cohort ${cohort.sha256.slice(0, 12)}…` : 'no cohort'];
    throw new RangeError(
      `expected operating points of the model as it is, got those of the cohort ${was}…; it has ${is}: measure them again`,
    );
  }
  return { ...plain, normalized: { cohort, ...curves } };
}
