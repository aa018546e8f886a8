import type { FivePoints } from '../shared/FaceReport.js';
import { fitSimilarity } from './fitSimilarity.js';
import type { Similarity } from './Similarity.js';

/**
 * Where the five points lie in an aligned 112-pixel square: the mean face that ArcFace's authors published (InsightFace,
 * `arcface_dst`), which the training crops use too.
 */
const TARGET_112: FivePoints = {
  rightEye: { x: 38.2946, y: 51.6963 },
  leftEye: { x: 73.5318, y: 51.5014 },
  nose: { x: 56.0252, y: 71.7366 },
  rightMouth: { x: 41.5493, y: 92.3655 },
  leftMouth: { x: 70.7299, y: 92.2041 },
};

/** The similarity transform from source-image pixels onto an aligned crop of `size` × `size` pixels. */
export function alignFace(points: FivePoints, size: number): Similarity {
  const factor = size / 112;
  const target = inOrder(TARGET_112).map(({ x, y }) => ({ x: x * factor, y: y * factor }));
  return fitSimilarity(inOrder(points), target);
}

function inOrder({ rightEye, leftEye, nose, rightMouth, leftMouth }: FivePoints) {
  return [rightEye, leftEye, nose, rightMouth, leftMouth];
}
