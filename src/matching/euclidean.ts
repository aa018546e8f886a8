/**
 * Euclidean distance between two vectors of the same length, without checks: what `distance` computes, for callers that have already
 * checked their vectors.
 */
export function euclidean(a: Float32Array, b: Float32Array): number {
  let square = 0;
  for (let i = 0; i < a.length; i++) {
    const d = a[i]! - b[i]!;
    square += d * d;
  }
  return Math.sqrt(square);
}
