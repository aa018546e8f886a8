import type { Cohort } from '../shared/Cohort.js';
import { assertCohort } from './assertCohort.js';
import { distance } from './distance.js';

/**
 * How far two unit-length embeddings are apart, given how ordinary each of the two faces is (see `Cohort`): what `verify` decides by. On the
 * scale of `distance`, but it may exceed 2. Throws as `distance` does, and a TypeError for what is no cohort.
 * @param cohort `verifier.info.normalized.cohort`
 */
export function normalizedDistance(a: Float32Array, b: Float32Array, cohort: Cohort): number {
  assertCohort(cohort);
  return cohort.normalize(distance(a, b), cohort.meanOf(a), cohort.meanOf(b));
}
