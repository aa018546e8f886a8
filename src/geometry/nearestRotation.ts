const STEPS = 30;
const CLOSE_ENOUGH = 1e-12;

/**
 * The rotation nearest to a 3×3 matrix (least squares of the entries), by Newton's iteration for its polar decomposition: Higham,
 * "Computing the polar decomposition" (1986). Nine values by rows, in and out; null where the matrix has no such rotation (rank below 3, a
 * reflection, not numbers).
 */
export function nearestRotation(matrix: ArrayLike<number>): Float64Array | null {
  let x = Float64Array.from(matrix);
  // Brought to determinant 1 first, which makes the iteration short.
  const size = Math.cbrt(determinant(x));
  if (!(size > 1e-9 * Math.hypot(...x))) return null;
  x = x.map((v) => v / size);
  for (let step = 0; step < STEPS; step++) {
    const c = cofactors(x);
    const d = determinant(x);
    const next = x.map((v, i) => (v + c[i]! / d) / 2);
    const change = Math.hypot(...next.map((v, i) => v - x[i]!));
    x = next;
    if (change < CLOSE_ENOUGH) break;
  }
  return x;
}

function determinant(m: Float64Array): number {
  const c = cofactors(m);
  return m[0]! * c[0]! + m[1]! * c[1]! + m[2]! * c[2]!;
}

/** The transposed inverse times the determinant. */
function cofactors(m: Float64Array): Float64Array {
  const at = (i: number, k: number) => m[3 * (i % 3) + (k % 3)]!;
  return m.map((_, n) => {
    const [i, k] = [Math.floor(n / 3), n % 3];
    return at(i + 1, k + 1) * at(i + 2, k + 2) - at(i + 1, k + 2) * at(i + 2, k + 1);
  });
}
