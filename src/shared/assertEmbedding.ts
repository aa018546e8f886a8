import { describe } from './describe.js';
import { isTypedArray } from './isTypedArray.js';

/** How far an embedding's length may be from 1; the rounding error of float32 is far smaller. */
const TOLERANCE = 1e-3;

/** Throws a TypeError for anything but a Float32Array of unit length (and of `length` values, if given). */
export function assertEmbedding(value: unknown, length?: number): asserts value is Float32Array {
  const wanted = `a Float32Array of ${length ?? 'at least 2'} finite values and length 1`;
  if (!isTypedArray(value, 'Float32Array') || (length === undefined ? value.length < 2 : value.length !== length)) {
    throw new TypeError(`expected an embedding, ${wanted}, got ${describe(value)}`);
  }
  let square = 0;
  for (const v of value) square += v * v;
  if (!(Math.abs(Math.sqrt(square) - 1) <= TOLERANCE)) {
    throw new TypeError(`expected an embedding, ${wanted}, got one of length ${Math.sqrt(square)}`);
  }
}
