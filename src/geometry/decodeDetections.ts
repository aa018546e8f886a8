import type { Point } from '../shared/FaceReport.js';
import { anchors } from './anchors.js';

/** A face as the detector sees it; coordinates in pixels of the detector's input. */
export interface Detection {
  readonly center: Point;
  readonly width: number;
  readonly height: number;
  /** The first two of BlazeFace's six keypoints. */
  readonly rightEye: Point;
  readonly leftEye: Point;
  /** 0 … 1 */
  readonly score: number;
}

const ANCHORS = anchors();
/** A row of the detector's regressor: center, size, then six keypoints, all in input pixels, offsets from the anchor. */
const ROW = 16;

/**
 * Turns BlazeFace's raw outputs into the detections whose score is at least `minScore`.
 * @param logits [896]
 * @param rows [896, 16]
 * @param size side of the detector's input in pixels
 */
export function decodeDetections(logits: Float32Array, rows: Float32Array, size: number, minScore: number): Detection[] {
  if (logits.length !== ANCHORS.length || rows.length !== ANCHORS.length * ROW) {
    throw new RangeError(`expected ${ANCHORS.length} scores and ${ROW} values each, got ${logits.length} and ${rows.length}`);
  }
  const out: Detection[] = [];
  ANCHORS.forEach((anchor, i) => {
    const score = 1 / (1 + Math.exp(-logits[i]!));
    if (!(score >= minScore)) return;
    const point = (at: number): Point => ({
      x: rows[i * ROW + at]! + anchor.x * size,
      y: rows[i * ROW + at + 1]! + anchor.y * size,
    });
    out.push({
      center: point(0),
      width: rows[i * ROW + 2]!,
      height: rows[i * ROW + 3]!,
      rightEye: point(4),
      leftEye: point(6),
      score,
    });
  });
  return out;
}
