import type { FaceReport } from '../../shared/FaceReport.js';
import type { View } from './blendOf.js';

/** Where a face is in the small gray picture of its frame; null where there is none. */
export function viewOf({ box, thumbnail }: Pick<FaceReport, 'box' | 'thumbnail'>): View | null {
  if (!thumbnail) return null;
  const { width, height, scale } = thumbnail;
  const within = (at: number, size: number) => Math.min(size, Math.max(0, Math.floor(at * scale)));
  return {
    thumbnail,
    left: within(box.x, width),
    top: within(box.y, height),
    right: within(box.x + box.width, width),
    bottom: within(box.y + box.height, height),
  };
}
