import type { Point } from '../shared/FaceReport.js';
import type { Similarity } from './Similarity.js';

/**
 * The least-squares similarity transform that maps `from` onto `to` (Umeyama, "Least-squares estimation of
 * transformation parameters between two point patterns", 1991). In the plane the solution is closed: with both
 * sets centered and read as complex numbers, the factor is Σ conj(f)·t / Σ |f|²; it never reflects.
 *
 * Throws a RangeError for fewer than two points, sets of unequal length, points that are not finite or all equal.
 */
export function fitSimilarity(from: readonly Point[], to: readonly Point[]): Similarity {
  const n = from.length;
  if (n < 2 || to.length !== n) {
    throw new RangeError(`expected two sets of equally many points, at least 2, got ${n} and ${to.length}`);
  }
  const f = centroid(from);
  const t = centroid(to);
  let dot = 0;
  let cross = 0;
  let square = 0;
  for (let i = 0; i < n; i++) {
    const fx = from[i]!.x - f.x;
    const fy = from[i]!.y - f.y;
    const ux = to[i]!.x - t.x;
    const uy = to[i]!.y - t.y;
    dot += fx * ux + fy * uy;
    cross += fx * uy - fy * ux;
    square += fx * fx + fy * fy;
  }
  const a = dot / square;
  const b = cross / square;
  if (!Number.isFinite(a) || !Number.isFinite(b)) {
    throw new RangeError('expected finite points that are not all equal');
  }
  return { a, b, tx: t.x - (a * f.x - b * f.y), ty: t.y - (b * f.x + a * f.y) };
}

function centroid(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const p of points) {
    x += p.x;
    y += p.y;
  }
  return { x: x / points.length, y: y / points.length };
}
