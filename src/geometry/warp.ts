import type { Normalization } from './Picture.js';
import type { Pixels } from './Pixels.js';
import type { SampleGrid } from './sampleGrid.js';

/**
 * Samples a square of `size` pixels bilinearly, repeating the edge outside the picture, and normalizes it. Sampling is our own rather than
 * a canvas', so that every browser gives the same numbers; kernels.c does the same.
 * @param pixels the picture, halved as the grid says
 * @param out RGB, [size, size, 3]
 */
export function warp(pixels: Pixels, grid: SampleGrid, size: number, { scale, offset }: Normalization, out: Float32Array): void {
  const { width, height, data } = pixels;
  const { a, b, tx, ty } = grid;
  const lastX = width - 1;
  const lastY = height - 1;
  let at = 0;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const x = Math.min(Math.max(a * i - b * j + tx, 0), lastX);
      const y = Math.min(Math.max(b * i + a * j + ty, 0), lastY);
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
}
