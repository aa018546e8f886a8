import { meshDistance } from './eyeOpenness.js';

/** Middle of the inner upper and lower lip, inner corners; 468-point mesh. */
const [UPPER, LOWER, RIGHT, LEFT] = [13, 14, 78, 308];

/** How far the mouth is open: the gap between the lips over the mouth's width, in three dimensions. 0 for a mesh without extent. */
export function mouthOpenness(mesh: Float32Array): number {
  const width = meshDistance(mesh, RIGHT, LEFT);
  return width > 0 ? meshDistance(mesh, UPPER, LOWER) / width : 0;
}
