/**
 * The normalized mean, as in `src/matching/fuseEmbeddings.ts` where no frame is an outlier.
 * @param {readonly Float32Array[]} embeddings
 */
export function fuseMean(embeddings) {
  const sum = new Float64Array(embeddings[0].length);
  for (const embedding of embeddings) embedding.forEach((v, i) => (sum[i] += v));
  const length = Math.sqrt(sum.reduce((square, v) => square + v * v, 0));
  if (!(length > 0)) throw new RangeError('expected embeddings with a mean, got some that cancel out');
  return Float32Array.from(sum, (v) => v / length);
}
