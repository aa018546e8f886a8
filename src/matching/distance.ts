import { assertEmbedding } from '../shared/assertEmbedding.js';

/**
 * Euclidean distance between two unit-length embeddings: 0 (the same) … 2; distance² = 2 − 2·cosine.
 * Throws a TypeError for anything but two Float32Arrays of equal length, unit length and finite values.
 */
export function distance(a: Float32Array, b: Float32Array): number {
  assertEmbedding(a);
  assertEmbedding(b, a.length);
  let square = 0;
  for (let i = 0; i < a.length; i++) {
    const d = a[i]! - b[i]!;
    square += d * d;
  }
  return Math.min(Math.sqrt(square), 2);
}
