import type { Cohort } from '../shared/Cohort.js';
import { distance } from './distance.js';

/**
 * How far two unit-length embeddings are apart, given how ordinary each of the two faces is (see `Cohort`): what `verify` decides by. On the
 * scale of `distance`, but it may exceed 2. Throws as `distance` does.
 * @param cohort `verifier.info.normalized.cohort`
 */
export function normalizedDistance(a: Float32Array, b: Float32Array, cohort: Cohort): number {
  return cohort.normalize(distance(a, b), cohort.meanOf(a), cohort.meanOf(b));
}
