import { normalizeL2 } from './normalizeL2.js';

/** The normalized mean of one or more vectors of the same length; no outliers are left out. Throws a RangeError if they cancel out. */
export function meanEmbedding(vectors: readonly Float32Array[]): Float32Array {
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) vector.forEach((v, k) => (sum[k]! += v));
  try {
    return normalizeL2(sum);
  } finally {
    sum.fill(0); // as much of a face as what is made of it
  }
}
