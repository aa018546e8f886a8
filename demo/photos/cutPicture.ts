import type { Box } from '../../src/index.js';

/** A part of a picture, scaled down where its longer side has more than `limit` pixels; the caller closes it. */
export function cutPicture(picture: ImageBitmap, { x, y, width, height }: Box, limit: number): Promise<ImageBitmap> {
  const scale = Math.min(1, limit / Math.max(width, height));
  return createImageBitmap(picture, x, y, width, height, {
    resizeWidth: Math.max(1, Math.round(width * scale)),
    resizeHeight: Math.max(1, Math.round(height * scale)),
    resizeQuality: 'high',
  });
}
