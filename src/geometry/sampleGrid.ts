import { invert, scaleOf, type Similarity } from './Similarity.js';

/** Below this scale a picture is halved before bilinear sampling: sampling sparser than the pixels aliases. */
const MIN_SCALE = 0.6;

/**
 * Where output pixel (i, j) lies: x = a·i − b·j + tx, y = b·i + a·j + ty, on the grid of pixel centers of a picture halved `level` times.
 */
export interface SampleGrid {
  readonly level: number;
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** How to sample what `toOutput` (source-image pixels to output pixels) draws of a picture of `width` × `height` pixels. */
export function sampleGrid(toOutput: Similarity, width: number, height: number): SampleGrid {
  const scale = scaleOf(toOutput);
  let level = 0;
  for (let [w, h] = [width, height]; scale * 2 ** level < MIN_SCALE && w > 1 && h > 1; level++) {
    w = (w + 1) >> 1;
    h = (h + 1) >> 1;
  }
  const { a, b, tx, ty } = invert(toOutput);
  const shrink = 2 ** -level;
  // Output pixel center -> source point -> the grid of pixel centers of this level.
  return {
    level,
    a: a * shrink,
    b: b * shrink,
    tx: ((a - b) / 2 + tx) * shrink - 0.5,
    ty: ((a + b) / 2 + ty) * shrink - 0.5,
  };
}
