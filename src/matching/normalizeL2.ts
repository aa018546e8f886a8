/** A copy of `values` scaled to Euclidean length 1. Throws a RangeError if that is impossible (all zero, or not finite). */
export function normalizeL2(values: ArrayLike<number>): Float32Array {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i]! * values[i]!;
  const norm = Math.sqrt(square);
  if (!(norm > 0) || !Number.isFinite(norm)) {
    throw new RangeError(`expected finite values that are not all 0, got a vector of length ${norm}`);
  }
  return Float32Array.from(values, (v) => v / norm);
}
