import type { Box } from '../shared/FaceReport.js';
import type { Similarity } from './Similarity.js';

/**
 * The upright square around a face, from source-image pixels onto a crop of `size` × `size` pixels: as loose as facenet's tools cut it.
 * @param margin pixels of the crop that are not the box, half of them on each side
 */
export function boxFace({ x, y, width, height }: Box, size: number, margin: number): Similarity {
  const a = (size - margin) / Math.max(width, height);
  return { a, b: 0, tx: size / 2 - a * (x + width / 2), ty: size / 2 - a * (y + height / 2) };
}
