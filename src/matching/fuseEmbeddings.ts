import { distance } from './distance.js';
import { meanEmbedding } from './meanEmbedding.js';

export interface Fusion {
  /** Unit length: the normalized mean of the kept embeddings. */
  readonly embedding: Float32Array;
  /** Indices of the kept embeddings, ascending. */
  readonly kept: number[];
  /** Mean cosine between the kept embeddings and their mean. */
  readonly consistency: number;
}

/**
 * The mean of several embeddings of one person, without outliers. The medoid (the embedding with the smallest sum of distances to the
 * others) represents the person; embeddings further from it than `maxDistance` are left out. Throws a RangeError if there are no
 * embeddings.
 */
export function fuseEmbeddings(embeddings: readonly Float32Array[], maxDistance: number): Fusion {
  if (embeddings.length === 0) throw new RangeError('expected at least one embedding, got none');
  const sums = embeddings.map((a) => embeddings.reduce((sum, b) => sum + distance(a, b), 0));
  const medoid = embeddings[sums.indexOf(Math.min(...sums))]!;
  const kept = embeddings.flatMap((e, i) => (distance(e, medoid) <= maxDistance ? [i] : []));
  const embedding = meanEmbedding(kept.map((i) => embeddings[i]!));
  const consistency = kept.reduce((sum, i) => sum + 1 - distance(embeddings[i]!, embedding) ** 2 / 2, 0) / kept.length;
  return { embedding, kept, consistency };
}
