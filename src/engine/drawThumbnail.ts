import type { Picture } from '../geometry/Picture.js';
import type { Thumbnail } from '../shared/FaceReport.js';
import type { FaceMesher } from './FaceMesher.js';

/** The longer side of a thumbnail, pixels. */
const SIDE = 96;
const AS_IT_IS = { scale: 1, offset: 0 };
/** Luma of ITU-R BT.601. */
const [RED, GREEN, BLUE] = [0.299, 0.587, 0.114];

/** Draws the whole picture small and gray, in a place that the mesh lends. */
export function drawThumbnail(mesher: FaceMesher, picture: Picture): Thumbnail {
  const scale = SIDE / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.floor(picture.width * scale));
  const height = Math.max(1, Math.floor(picture.height * scale));
  const colors = mesher.borrow(picture, { a: scale, b: 0, tx: 0, ty: 0 }, SIDE, AS_IT_IS);
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * SIDE + x);
      data[y * width + x] = Math.round(RED * colors[at]! + GREEN * colors[at + 1]! + BLUE * colors[at + 2]!);
    }
  }
  return { width, height, scale, data };
}
