import type { Pyramid } from './Pyramid.js';
import { invert, scaleOf, type Similarity } from './Similarity.js';

/** Pixel value v becomes v · scale + offset. */
export interface Normalisation {
  readonly scale: number;
  readonly offset: number;
}

/**
 * Draws the part of a picture that `toOutput` maps onto a square of `size` pixels, bilinearly, repeating the edge outside the
 * picture, and normalises it. Sampling is our own rather than a canvas', so that every browser gives the same numbers.
 *
 * Returns RGB, [size, size, 3].
 */
export function warp(source: Pyramid, toOutput: Similarity, size: number, { scale, offset }: Normalisation): Float32Array {
  const out = new Float32Array(size * size * 3);
  const { level, pixels } = source.levelFor(scaleOf(toOutput));
  const { width, height, data } = pixels;
  const { a, b, tx, ty } = invert(toOutput);
  const shrink = 2 ** -level;
  const lastX = width - 1;
  const lastY = height - 1;
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      // Output pixel centre -> source point -> the grid of pixel centres of this level.
      const x = Math.min(Math.max((a * (i + 0.5) - b * (j + 0.5) + tx) * shrink - 0.5, 0), lastX);
      const y = Math.min(Math.max((b * (i + 0.5) + a * (j + 0.5) + ty) * shrink - 0.5, 0), lastY);
      const left = Math.floor(x);
      const top = Math.floor(y);
      const fx = x - left;
      const fy = y - top;
      const right = left < lastX ? 4 : 0;
      const below = top < lastY ? width * 4 : 0;
      const p = (top * width + left) * 4;
      const w00 = (1 - fx) * (1 - fy);
      const w10 = fx * (1 - fy);
      const w01 = (1 - fx) * fy;
      const w11 = fx * fy;
      for (let c = 0; c < 3; c++) {
        const q = p + c;
        const v = w00 * data[q]! + w10 * data[q + right]! + w01 * data[q + below]! + w11 * data[q + right + below]!;
        out[at++] = v * scale + offset;
      }
    }
  }
  return out;
}
