import { euclidean } from '../../matching/euclidean.js';
import { normalizedDistance } from '../../matching/normalizedDistance.js';
import type { Cohort } from '../../shared/Cohort.js';
import { measureScores, type ProtocolRates } from './measureScores.js';
import type { Pair } from './parsePairs.js';

/** A published list of pairs, with the name that reports use for it. */
export interface Protocol {
  readonly name: string;
  readonly pairs: readonly Pair[];
}

/**
 * The rates of a published list of pairs: accuracy by folds, equal error rate, true accept rates.
 * @param cohort with it, the distances are normalized
 * @param embeddings of unit length, by the pairs' file names; null (or nothing) for a picture without a face
 */
export function measureProtocol(
  { name, pairs }: Protocol,
  embeddings: ReadonlyMap<string, Float32Array | null>,
  cohort: Cohort | null = null,
): ProtocolRates {
  const scores = pairs.map(({ fold, a, b, same }) => {
    const [x, y] = [embeddings.get(a), embeddings.get(b)];
    return { fold, same, distance: x && y ? (cohort ? normalizedDistance(x, y, cohort) : euclidean(x, y)) : Infinity };
  });
  return measureScores(name, scores);
}
