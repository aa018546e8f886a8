import { describe } from '../shared/describe.js';

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

/** How far an embedding's length may be from 1: float32 rounding stays far below. */
const TOLERANCE = 1e-3;

export function assertEmbedding(value: unknown, length?: number): asserts value is Float32Array {
  const wanted = `a Float32Array of ${length ?? 'at least 2'} finite values and length 1`;
  if (!(value instanceof Float32Array) || (length === undefined ? value.length < 2 : value.length !== length)) {
    throw new TypeError(`expected an embedding, ${wanted}, got ${describe(value)}`);
  }
  let square = 0;
  for (const v of value) square += v * v;
  if (!(Math.abs(Math.sqrt(square) - 1) <= TOLERANCE)) {
    throw new TypeError(`expected an embedding, ${wanted}, got one of length ${Math.sqrt(square)}`);
  }
}
