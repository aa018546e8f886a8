import type { Point } from '../shared/FaceReport.js';

/** The mean of some points of a mesh (468 × x, y, z), in the mesh's own coordinate space. */
export function meanOf(mesh: Float32Array, indices: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const i of indices) {
    x += mesh[3 * i]!;
    y += mesh[3 * i + 1]!;
  }
  return { x: x / indices.length, y: y / indices.length };
}
