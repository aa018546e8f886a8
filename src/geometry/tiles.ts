import type { Box } from '../shared/FaceReport.js';
import type { Similarity } from './Similarity.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Side of a tile, as a share of the picture's longer side. */
const SIDE = 1 / 3;
/** Tiles overlap by at least this share of the picture's longer side: a face no larger lies whole in one of them. */
const OVERLAP = 1 / 12;

/**
 * In the whole picture, faces below this share of the longer side are framed badly where they are found at all. The gap to `OVERLAP` leaves
 * none out.
 */
const LEAST_IN_WHOLE = 1 / 16;

/** Where to search a picture once more for small faces: overlapping squares that cover it, in source-image pixels. */
export function tilesOf(width: number, height: number): Box[] {
  const longest = Math.max(width, height);
  const side = SIDE * longest;
  const startsAlong = (length: number): number[] => {
    if (length <= side) return [(length - side) / 2];
    // Rounding must not add a tile.
    const last = Math.ceil((length - side) / (side - OVERLAP * longest) - 1e-9);
    return Array.from({ length: last + 1 }, (_, i) => (i / last) * (length - side));
  };
  return startsAlong(height).flatMap((y) => startsAlong(width).map((x) => ({ x, y, width: side, height: side })));
}

/** The transform from source-image pixels onto the `size`-pixel square that shows a tile. */
export function tileView({ x, y, width }: Box, size: number): Similarity {
  const a = size / width;
  return { a, b: 0, tx: -a * x, ty: -a * y };
}

/** Whether a face's box, found in the whole picture, is better left to the tiles. @param picture its size in pixels */
export function belongsToTiles(box: Box, picture: Size): boolean {
  return Math.max(box.width, box.height) < LEAST_IN_WHOLE * Math.max(picture.width, picture.height);
}

/**
 * Whether a face's box, found in one tile, is one that this tile is for: small, and not cut off by an edge of the tile that is inside the
 * picture. Others are whole in a neighboring tile, or large enough to be found in the whole picture.
 * @param picture its size in pixels
 */
export function belongsToTile(box: Box, tile: Box, picture: Size): boolean {
  if (Math.max(box.width, box.height) > OVERLAP * Math.max(picture.width, picture.height)) return false;
  const inside = (from: number, to: number, start: number, end: number, length: number) =>
    (from >= start || start <= 0) && (to <= end || end >= length - 1e-6);
  return (
    inside(box.x, box.x + box.width, tile.x, tile.x + tile.width, picture.width) &&
    inside(box.y, box.y + box.height, tile.y, tile.y + tile.height, picture.height)
  );
}
