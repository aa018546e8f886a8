import { meanOf } from '../../geometry/meanOf.js';

/**
 * Points on the face's surface around the nose: forehead, brows, eyes, cheeks, mouth and chin. Not the outline, which slides around a
 * turning head.
 */
const SURFACE = [
  10, 151, 9, 108, 337, 69, 299, 70, 63, 105, 66, 107, 300, 293, 334, 296, 336, 33, 133, 362, 263, 130, 359, 116, 117, 118, 123, 345, 346,
  347, 352, 50, 280, 187, 411, 207, 427, 61, 291, 57, 287, 43, 273, 17, 18, 200, 199, 175, 152, 148, 377, 182, 406,
] as const;

const NOSE_TIP = [1, 4, 5, 19, 44, 274] as const;

/** Coefficients of 1, x, y, x², xy, y². */
const TERMS = 6;

/**
 * How the tip of the nose moved against the surface around it, in distances between the eyes of the first mesh.
 *
 * The motion of the surface is fitted by least squares with polynomials of the second degree in x and y: these follow every motion of a
 * plane (to the second order in its perspective) and of a picture bent like a cylinder. What is left of the nose's motion is due to its
 * standing out.
 * @param from a face toward the camera, to: the same face, turned; 468 × x, y, z, source-image pixels
 */
export function noseParallax(from: Float32Array, to: Float32Array): { x: number; y: number } {
  const unit = Math.hypot(from[3 * 263]! - from[3 * 33]!, from[3 * 263 + 1]! - from[3 * 33 + 1]!) * EYES_PER_CORNERS;
  const { x: cx, y: cy } = meanOf(from, SURFACE);
  const { x: tx, y: ty } = meanOf(to, SURFACE);
  const terms = (x: number, y: number) => [1, x, y, x * x, x * y, y * y];
  const normal = Array.from({ length: TERMS }, () => new Float64Array(TERMS + 2));
  for (const i of SURFACE) {
    const row = terms((from[3 * i]! - cx) / unit, (from[3 * i + 1]! - cy) / unit);
    const goal = [(to[3 * i]! - tx) / unit, (to[3 * i + 1]! - ty) / unit];
    for (let r = 0; r < TERMS; r++) {
      for (let c = 0; c < TERMS; c++) normal[r]![c]! += row[r]! * row[c]!;
      for (let g = 0; g < 2; g++) normal[r]![TERMS + g]! += row[r]! * goal[g]!;
    }
  }
  solve(normal);
  let x = 0;
  let y = 0;
  for (const i of NOSE_TIP) {
    const row = terms((from[3 * i]! - cx) / unit, (from[3 * i + 1]! - cy) / unit);
    const expected = [0, 1].map((g) => row.reduce((sum, term, k) => sum + term * normal[k]![TERMS + g]!, 0));
    x += (to[3 * i]! - tx) / unit - expected[0]!;
    y += (to[3 * i + 1]! - ty) / unit - expected[1]!;
  }
  return { x: x / NOSE_TIP.length, y: y / NOSE_TIP.length };
}

/** Distance between the eyes' centers as a share of that between their outer corners. */
const EYES_PER_CORNERS = 0.7;

/** Gauss and Jordan with pivots, in place: the right-hand sides, from column TERMS on, become the solutions. */
function solve(rows: Float64Array[]): void {
  for (let k = 0; k < TERMS; k++) {
    let best = k;
    for (let r = k + 1; r < TERMS; r++) if (Math.abs(rows[r]![k]!) > Math.abs(rows[best]![k]!)) best = r;
    [rows[k], rows[best]] = [rows[best]!, rows[k]!];
    const pivot = rows[k]![k]!;
    rows[k] = rows[k]!.map((v) => v / pivot);
    for (let r = 0; r < TERMS; r++) {
      const factor = rows[r]![k]!;
      if (r !== k) rows[r] = rows[r]!.map((v, c) => v - factor * rows[k]![c]!);
    }
  }
}
