import type { Point } from '../shared/FaceReport.js';

/** BlazeFace's grids: a 16×16 map with 2 anchors a cell, an 8×8 map with 6 (MediaPipe's `ssd_anchors`, fixed size 1). */
const GRIDS = [
  { cells: 16, anchorsPerCell: 2 },
  { cells: 8, anchorsPerCell: 6 },
] as const;

/** Centers of the 896 anchors, 0 … 1 of the detector's input, in the order of its outputs. */
export function anchors(): Point[] {
  const out: Point[] = [];
  for (const { cells, anchorsPerCell } of GRIDS) {
    for (let y = 0; y < cells; y++) {
      for (let x = 0; x < cells; x++) {
        for (let n = 0; n < anchorsPerCell; n++) out.push({ x: (x + 0.5) / cells, y: (y + 0.5) / cells });
      }
    }
  }
  return out;
}
