import type { Point } from '../shared/FaceReport.js';

/**
 * A similarity transform (rotation, uniform scale, translation) of the plane:
 * x' = a·x − b·y + tx, y' = b·x + a·y + ty. Pixel (i, j) covers [i, i+1) × [j, j+1), its center is (i+½, j+½).
 */
export interface Similarity {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

export function apply({ a, b, tx, ty }: Similarity, { x, y }: Point): Point {
  return { x: a * x - b * y + tx, y: b * x + a * y + ty };
}

/** Factor by which lengths change. */
export function scaleOf({ a, b }: Similarity): number {
  return Math.hypot(a, b);
}

/** Throws a RangeError for a transform that maps everything onto one point. */
export function invert({ a, b, tx, ty }: Similarity): Similarity {
  const square = a * a + b * b;
  if (!(square > 0)) throw new RangeError('expected a similarity transform with a scale above 0, got one of scale 0');
  const ia = a / square;
  const ib = -b / square;
  return { a: ia, b: ib, tx: -(ia * tx - ib * ty), ty: -(ib * tx + ia * ty) };
}
