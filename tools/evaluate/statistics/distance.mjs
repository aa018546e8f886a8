/**
 * Euclidean, as in `src/matching/distance.ts`, but unchecked.
 * @param {Float32Array} a
 * @param {Float32Array} b
 */
export function distance(a, b) {
  let square = 0;
  for (let i = 0; i < a.length; i++) square += (a[i] - b[i]) ** 2;
  return Math.sqrt(square);
}
