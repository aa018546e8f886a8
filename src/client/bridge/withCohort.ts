import { readCohort } from '../../matching/readCohort.js';
import type { Cohort } from '../../shared/Cohort.js';
import type { EngineInfo } from '../../shared/EngineService.js';
import type { NormalizedPoints } from '../../shared/VerifierInfo.js';

/**
 * What normalizes scores does not cross the thread boundary: it is made here, of the bytes that the engine has checked, and once for an engine
 * that starts anew, unless it found another file or rule.
 */
export function withCohort(
  { normalized, embeddingSize }: Pick<EngineInfo, 'normalized' | 'embeddingSize'>,
  before: Cohort | undefined,
): NormalizedPoints | null {
  if (!normalized) return null;
  const { sha256, rule } = normalized.cohort;
  const isSame = before?.sha256 === sha256 && (Object.keys(rule) as (keyof typeof rule)[]).every((key) => before[key] === rule[key]);
  return { ...normalized, cohort: isSame ? before : readCohort({ ...normalized.cohort, embeddingSize }) };
}
