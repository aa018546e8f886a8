import type { Box, FivePoints, Pose, Quality } from '../shared/FaceReport.js';
import { eyeOpenness } from './eyeOpenness.js';
import { measureLight } from './measureLight.js';
import { measureOcclusion } from './measureOcclusion.js';
import type { OcclusionNetwork } from './occlusionNetwork.js';
import { mouthOpenness } from './mouthOpenness.js';
import { QUALITY_RULES, reasonsAgainst } from './qualityRules.js';
import { qualityScore } from './qualityScore.js';

export interface CaptureGeometry {
  readonly box: Box;
  readonly landmarks: FivePoints;
  readonly pose: Pose;
  /** Confidence that the mesh lies on a face, 0 … 1. */
  readonly faceScore: number;
  /** Whether it is certain which way up the face is. */
  readonly certain: boolean;
  /** 468 × x, y, z. */
  readonly mesh: Float32Array;
  /** Size of the picture. */
  readonly width: number;
  readonly height: number;
}

/**
 * Measures a capture and says what to improve.
 * @param crop the aligned crop, RGB in −1 … 1, [size, size, 3]
 */
export function assessQuality(
  { box, landmarks, pose, faceScore, certain, mesh, width, height }: CaptureGeometry,
  crop: Float32Array,
  network: OcclusionNetwork,
): Quality {
  const { rightEye, leftEye } = landmarks;
  const eyeDistance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const margin = Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height) / box.width;
  const light = measureLight(crop);
  const covered = measureOcclusion(crop, network);
  const eyes = eyeOpenness(mesh);
  const eyesOpen = (eyes.right + eyes.left) / 2;
  const mouthOpen = mouthOpenness(mesh);
  const score = qualityScore({ ...light, ...covered, mouthOpen, pose });
  const measures = { eyeDistance, margin, ...light, eyesOpen, mouthOpen, ...covered, score };
  return { ...measures, reasons: reasonsAgainst({ ...measures, pose, faceScore, certain, fill: box.width / width }, QUALITY_RULES) };
}
