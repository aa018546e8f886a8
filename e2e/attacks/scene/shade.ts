import { focalOf, type Place } from './project.js';

/** Where a screen below the camera is, in distances from the camera to the face: its middle and four places around it. */
const SCREEN = [
  [0, 0.24],
  [-0.22, 0.12],
  [0.22, 0.12],
  [-0.22, 0.36],
  [0.22, 0.36],
] as const;

/**
 * The screen's light on each point of a surface, in shares of the room's light there; 1 on what looks into the screen at the distance of
 * the pivot.
 * @param frontal how much of the room's light comes from the camera's side: 0 all around, 1 as the screen's does
 */
export function shade(
  places: readonly Place[],
  triangles: ArrayLike<number>,
  { width, height }: { width: number; height: number },
  { scale, frontal }: { scale: number; frontal: number },
): Float32Array {
  const focal = focalOf(width, height);
  const normals = normalsOf(places, triangles);
  return Float32Array.from(places, ({ x, y, z }, i) => {
    const [nx, ny, nz] = normals[i];
    let light = 0;
    for (const [aside, below] of SCREEN) {
      const [dx, dy, dz] = [width / 2 + aside * focal - x, height / 2 + below * focal - y, -focal / scale - z];
      const far = Math.hypot(dx, dy, dz);
      const cosine = Math.max(0, (nx * dx + ny * dy + nz * dz) / far);
      // The screen looks the same way as the camera, and gives less to its sides.
      light += (cosine * (-dz / far) * (focal / far) ** 2) / SCREEN.length;
    }
    return light / (1 - frontal + frontal * Math.max(0, -nz));
  });
}

/** Toward the camera, of unit length. */
function normalsOf(places: readonly Place[], triangles: ArrayLike<number>): [number, number, number][] {
  const normals = places.map((): [number, number, number] => [0, 0, 0]);
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [triangles[t], triangles[t + 1], triangles[t + 2]];
    const [a, b, c] = corners.map((i) => places[i]);
    const [ux, uy, uz, vx, vy, vz] = [b.x - a.x, b.y - a.y, b.z - a.z, c.x - a.x, c.y - a.y, c.z - a.z];
    const normal = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const sign = normal[2] > 0 ? -1 : 1;
    for (const i of corners) for (let k = 0; k < 3; k++) normals[i][k] += sign * normal[k];
  }
  for (const normal of normals) {
    const length = Math.hypot(...normal) || 1;
    for (let k = 0; k < 3; k++) normal[k] /= length;
  }
  return normals;
}
