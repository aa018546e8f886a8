import type { Box } from '../shared/FaceReport.js';

/**
 * Greedy non-maximum suppression: the indices of the boxes that remain, best first, when each that overlaps a better one by more than
 * `maxOverlap` (intersection over union) is dropped.
 */
export function suppress(boxes: readonly Box[], scores: readonly number[], maxOverlap: number): number[] {
  const kept: number[] = [];
  for (const i of [...boxes.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)) {
    if (kept.every((k) => overlap(boxes[k]!, boxes[i]!) <= maxOverlap)) kept.push(i);
  }
  return kept;
}

/** Intersection over union, 0 … 1; 0 for empty boxes. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (!(width > 0 && height > 0)) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
