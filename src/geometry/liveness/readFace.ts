import type { FaceReport } from '../../shared/FaceReport.js';

/** What the actions are read from: angles in degrees, the rest as shares. */
export interface FaceState {
  /** Positive: turned to the person's left (to their right in mirrored frames). */
  readonly yaw: number;
  /** Positive: looking up. */
  readonly pitch: number;
  /**
   * Height of an eye's opening, in distances from the eyes to the mouth: these shrink alike when a picture is tilted, and neither changes when a head
   * turns to a side.
   */
  readonly rightEye: number;
  readonly leftEye: number;
  /** Distance between the lips, in distances between the eyes. */
  readonly mouth: number;
  /** Size in the picture, pixels: the root of the product of the eyes' distance and the distance from the eyes to the mouth. */
  readonly size: number;
  /** Distance between the eyes, in distances from the eyes to the mouth. */
  readonly aspect: number;
}

/** Pairs of upper and lower lid. */
const RIGHT_LIDS = [160, 144, 159, 145, 158, 153] as const;
const LEFT_LIDS = [387, 373, 386, 374, 385, 380] as const;
const LIPS = [13, 14] as const;

export function readFace({ mesh, pose, landmarks }: Pick<FaceReport, 'mesh' | 'pose' | 'landmarks'>): FaceState {
  const { rightEye, leftEye, rightMouth, leftMouth } = landmarks;
  const eyes = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const down = Math.hypot(
    (rightMouth.x + leftMouth.x - rightEye.x - leftEye.x) / 2,
    (rightMouth.y + leftMouth.y - rightEye.y - leftEye.y) / 2,
  );
  return {
    yaw: pose.yaw,
    pitch: pose.pitch,
    rightEye: opening(mesh, RIGHT_LIDS) / down,
    leftEye: opening(mesh, LEFT_LIDS) / down,
    mouth: apart(mesh, ...LIPS) / eyes,
    size: Math.sqrt(eyes * down),
    aspect: eyes / down,
  };
}

function opening(mesh: Float32Array, [a, b, c, d, e, f]: typeof RIGHT_LIDS | typeof LEFT_LIDS): number {
  return (apart(mesh, a, b) + apart(mesh, c, d) + apart(mesh, e, f)) / 3;
}

function apart(mesh: Float32Array, i: number, j: number): number {
  return Math.hypot(mesh[3 * i]! - mesh[3 * j]!, mesh[3 * i + 1]! - mesh[3 * j + 1]!);
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
