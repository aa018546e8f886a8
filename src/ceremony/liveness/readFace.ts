import type { FaceReport } from '../../shared/FaceReport.js';
import { eyeOpenness } from '../../quality/eyeOpenness.js';
import { mouthOpenness } from '../../quality/mouthOpenness.js';

/** What actions are read from. Angles in degrees. */
export interface FaceState {
  /** Positive: turned to the person's left (to their right in mirrored frames). */
  readonly yaw: number;
  /** Positive: looking up. */
  readonly pitch: number;
  /** How far the eyes are open: `eyeOpenness`. */
  readonly rightEye: number;
  readonly leftEye: number;
  /** How far the mouth is open: `mouthOpenness`. */
  readonly mouth: number;
  /** Size in the picture, pixels: the root of the product of the eyes' distance and the distance from the eyes to the mouth. */
  readonly size: number;
  /** Distance between the eyes, in distances from the eyes to the mouth. */
  readonly aspect: number;
}

export function readFace({ mesh, pose, landmarks }: Pick<FaceReport, 'mesh' | 'pose' | 'landmarks'>): FaceState {
  const { rightEye, leftEye, rightMouth, leftMouth } = landmarks;
  const eyes = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const down = Math.hypot(
    (rightMouth.x + leftMouth.x - rightEye.x - leftEye.x) / 2,
    (rightMouth.y + leftMouth.y - rightEye.y - leftEye.y) / 2,
  );
  const opening = eyeOpenness(mesh);
  return {
    yaw: pose.yaw,
    pitch: pose.pitch,
    rightEye: opening.right,
    leftEye: opening.left,
    mouth: mouthOpenness(mesh),
    size: Math.sqrt(eyes * down),
    aspect: eyes / down,
  };
}

/** The mean of several states: the face at rest. */
export function meanState(states: readonly FaceState[]): FaceState {
  const mean = (read: (state: FaceState) => number) => states.reduce((sum, state) => sum + read(state), 0) / states.length;
  return {
    yaw: mean((s) => s.yaw),
    pitch: mean((s) => s.pitch),
    rightEye: mean((s) => s.rightEye),
    leftEye: mean((s) => s.leftEye),
    mouth: mean((s) => s.mouth),
    size: mean((s) => s.size),
    aspect: mean((s) => s.aspect),
  };
}
