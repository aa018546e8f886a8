import type { Box } from '../shared/FaceReport.js';

/** Bounds of a mesh (468 × x, y, z), in the mesh's own coordinate space. */
export function meshBox(mesh: Float32Array): Box {
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (let i = 0; i < mesh.length; i += 3) {
    left = Math.min(left, mesh[i]!);
    right = Math.max(right, mesh[i]!);
    top = Math.min(top, mesh[i + 1]!);
    bottom = Math.max(bottom, mesh[i + 1]!);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
