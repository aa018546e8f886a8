import type { Similarity } from './Similarity.js';

/** The detector sees the picture with a quarter added on each side, so that faces at the edge are whole. */
const PADDED = 1.5;

/** The transform from a picture of `width` × `height` pixels into the detector's `size`-pixel square, center on center. */
export function detectorView(width: number, height: number, size: number): Similarity {
  const a = size / (PADDED * Math.max(width, height));
  return { a, b: 0, tx: size / 2 - (a * width) / 2, ty: size / 2 - (a * height) / 2 };
}
