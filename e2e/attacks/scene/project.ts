import type { Motion } from './types.js';

const RADIANS = Math.PI / 180;

/** A point in space: x right, y down, z away from the camera, in pixels at the distance of the pivot. */
export interface Place {
  x: number;
  y: number;
  z: number;
}

/** Turns, scales and moves a place about a pivot. The signs are the SDK's (see `Pose`). */
export function move({ x, y, z }: Place, pivot: Place, unit: number, motion: Motion): Place {
  const [cy, sy] = [Math.cos(motion.yaw * RADIANS), Math.sin(motion.yaw * RADIANS)];
  const [cp, sp] = [Math.cos(motion.pitch * RADIANS), Math.sin(motion.pitch * RADIANS)];
  const [cr, sr] = [Math.cos(motion.roll * RADIANS), Math.sin(motion.roll * RADIANS)];
  const [px, py, pz] = [x - pivot.x, y - pivot.y, z - pivot.z];
  // Up: what is in front (z < 0) rises (y falls).
  const ay = cp * py + sp * pz;
  const az = -sp * py + cp * pz;
  // To the person's left: what is in front moves to the picture's right.
  const bx = cy * px - sy * az;
  const bz = sy * px + cy * az;
  const rx = cr * bx - sr * ay;
  const ry = sr * bx + cr * ay;
  // Coming closer is a motion along z; `scale` is what it does to a point at the pivot.
  return { x: pivot.x + rx + motion.right * unit, y: pivot.y + ry + motion.down * unit, z: pivot.z + bz };
}

/** The screen's point for a place; `focal` pixels is also the pivot plane's distance. */
export function project({ x, y, z }: Place, { width, height }: { width: number; height: number }, scale: number): Place {
  const focal = focalOf(width, height);
  const depth = focal / scale + z;
  return { x: width / 2 + ((x - width / 2) * focal) / depth, y: height / 2 + ((y - height / 2) * focal) / depth, z: depth };
}

/** The place at depth z that a pixel shows. */
export function unproject(u: number, v: number, z: number, { width, height }: { width: number; height: number }): Place {
  const focal = focalOf(width, height);
  return { x: width / 2 + ((u - width / 2) * (focal + z)) / focal, y: height / 2 + ((v - height / 2) * (focal + z)) / focal, z };
}

/** A webcam's usual angle of view: 55 degrees along the longer side. */
export function focalOf(width: number, height: number): number {
  return Math.max(width, height) * 0.96;
}
