import type { Cohort } from '../shared/Cohort.js';
import { describe } from '../shared/describe.js';

/**
 * Callers without types may pass the cohort of a model that has none.
 * @param size values of the embeddings that it is for; default: any
 */
export function assertCohort(cohort: unknown, size?: number): asserts cohort is Cohort {
  const { meanOf, embeddingSize } = (cohort ?? {}) as Partial<Cohort>;
  if (typeof meanOf !== 'function')
    throw new TypeError(`expected a cohort, such as verifier.info.normalized.cohort, got ${describe(cohort)}`);
  if (size !== undefined && embeddingSize !== size)
    throw new TypeError(`expected a cohort for embeddings of ${size} values, got one for ${embeddingSize}: is it of another model?`);
}
