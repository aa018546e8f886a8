import type { Box, FivePoints, Pose, Quality, QualityReason } from '../shared/FaceReport.js';
import { eyeOpenness } from './eyeOpenness.js';
import { measureLight } from './measureLight.js';
import { measureOcclusion } from './measureOcclusion.js';
import { mouthOpenness } from './mouthOpenness.js';
import { qualityScore } from './qualityScore.js';

/**
 * What a good capture needs; see `Quality` for the units. Yaw, pitch and sharpness refuse about the worst tenth of press photographs, by what that
 * does to errors; the others only what is beyond use: docs/quality.md.
 */
export const QUALITY_LIMITS = {
  minEyeDistance: 24,
  /** Largest share of the picture's width that the face may fill. */
  maxFill: 0.8,
  minMargin: -0.02,
  maxYaw: 30,
  maxPitch: 20,
  maxRoll: 35,
  /** Sunglasses or a mask hide about half. */
  maxOcclusion: 0.3,
  minBrightness: 0.15,
  maxBrightness: 0.88,
  minEvenness: 0.4,
  minContrast: 0.045,
  minSharpness: 0.07,
} as const;

export interface CaptureGeometry {
  readonly box: Box;
  readonly landmarks: FivePoints;
  readonly pose: Pose;
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
export function assessQuality({ box, landmarks, pose, mesh, width, height }: CaptureGeometry, crop: Float32Array): Quality {
  const { rightEye, leftEye } = landmarks;
  const eyeDistance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const margin = Math.min(box.x, box.y, width - box.x - box.width, height - box.y - box.height) / box.width;
  const light = measureLight(crop);
  const covered = measureOcclusion(crop);
  const eyes = eyeOpenness(mesh);
  const eyesOpen = (eyes.right + eyes.left) / 2;
  const mouthOpen = mouthOpenness(mesh);
  const score = qualityScore({ ...light, ...covered, mouthOpen, pose });
  const L = QUALITY_LIMITS;
  const checks: [QualityReason, boolean][] = [
    ['cut-off', margin < L.minMargin],
    ['too-close', box.width > L.maxFill * width],
    ['too-far', eyeDistance < L.minEyeDistance],
    ['turned-away', Math.abs(pose.yaw) > L.maxYaw || Math.abs(pose.pitch) > L.maxPitch],
    ['tilted', Math.abs(pose.roll) > L.maxRoll],
    ['too-dark', light.brightness < L.minBrightness],
    ['too-bright', light.brightness > L.maxBrightness],
    ['side-light', light.evenness < L.minEvenness],
    ['low-contrast', light.contrast < L.minContrast],
    ['blurred', light.sharpness < L.minSharpness],
    // Last: of a dark or blurred face the estimate is less sure.
    ['covered', covered.occlusion > L.maxOcclusion],
  ];
  return {
    eyeDistance,
    margin,
    ...light,
    eyesOpen,
    mouthOpen,
    ...covered,
    score,
    reasons: checks.flatMap(([reason, bad]) => (bad ? [reason] : [])),
  };
}
