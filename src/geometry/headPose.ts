import type { Pose } from '../shared/FaceReport.js';

/** Mesh points: outer eye corners, mouth corners. */
const RIGHT_EYE_CORNER = 33;
const LEFT_EYE_CORNER = 263;
const RIGHT_MOUTH = 61;
const LEFT_MOUTH = 291;

const DEGREES = 180 / Math.PI;

/**
 * Head pose from the mesh (468 × x, y, z): the axis from eye corner to eye corner and the axis from the mouth's middle to the eyes'
 * middle span the face's plane; its normal gives yaw and pitch, the eye axis gives roll.
 */
export function headPose(mesh: Float32Array): Pose {
  const at = (i: number) => [mesh[3 * i]!, mesh[3 * i + 1]!, mesh[3 * i + 2]!] as const;
  const re = at(RIGHT_EYE_CORNER);
  const le = at(LEFT_EYE_CORNER);
  const rm = at(RIGHT_MOUTH);
  const lm = at(LEFT_MOUTH);
  const across = [le[0] - re[0], le[1] - re[1], le[2] - re[2]] as const;
  const down = [rm[0] + lm[0] - re[0] - le[0], rm[1] + lm[1] - re[1] - le[1], rm[2] + lm[2] - re[2] - le[2]] as const;
  // across × down points away from the camera for a frontal face.
  const nx = across[1] * down[2] - across[2] * down[1];
  const ny = across[2] * down[0] - across[0] * down[2];
  const nz = across[0] * down[1] - across[1] * down[0];
  const length = Math.hypot(nx, ny, nz) || 1;
  const roll = Math.atan2(across[1], across[0]);
  // Undo the roll before reading the normal, so that a tilted head's yaw stays yaw.
  const x = (nx * Math.cos(roll) + ny * Math.sin(roll)) / length;
  const y = (-nx * Math.sin(roll) + ny * Math.cos(roll)) / length;
  const z = nz / length;
  return {
    yaw: Math.atan2(-x, z) * DEGREES,
    pitch: Math.atan2(y, Math.hypot(x, z)) * DEGREES,
    roll: roll * DEGREES,
  };
}
