import { assertEmbedding } from '../shared/assertEmbedding.js';
import { euclidean } from './euclidean.js';

/**
 * Euclidean distance between two unit-length embeddings, 0 (the same) … 2; distance² = 2 − 2·cosine. Throws a TypeError for anything but
 * two Float32Arrays of equal length, unit length and finite values.
 */
export function distance(a: Float32Array, b: Float32Array): number {
  assertEmbedding(a);
  assertEmbedding(b, a.length);
  return Math.min(euclidean(a, b), 2);
}
