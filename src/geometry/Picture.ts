import type { Similarity } from './Similarity.js';

/** Pixel value v becomes v · scale + offset. */
export interface Normalization {
  readonly scale: number;
  readonly offset: number;
}

/** A picture that squares can be cut out of. */
export interface Picture {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * Draws the part that `toOutput` maps onto a square of `size` pixels, bilinearly, repeating the edge outside the picture, and normalizes
   * it.
   * @param out where it goes: RGB, [size, size, 3]
   */
  sample(toOutput: Similarity, size: number, normalization: Normalization, out: Float32Array): void;
}
