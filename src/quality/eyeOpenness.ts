/** Outer corner, two points of the upper lid, inner corner, two points of the lower lid below them; 468-point mesh. */
const RIGHT_EYE = [33, 160, 158, 133, 153, 144] as const;
const LEFT_EYE = [263, 387, 385, 362, 380, 373] as const;

/**
 * How far each eye is open: the eye aspect ratio of Soukupová and Čech, "Real-time eye blink detection using facial landmarks" (2016), the
 * mean distance of the lids over the eye's width. Taken in three dimensions, so that a turned head does not seem to stare. 0 for a mesh
 * without extent.
 * @param mesh 468 × x, y, z, in any one unit
 */
export function eyeOpenness(mesh: Float32Array): { right: number; left: number } {
  return { right: aspectRatio(mesh, RIGHT_EYE), left: aspectRatio(mesh, LEFT_EYE) };
}

function aspectRatio(mesh: Float32Array, [outer, up1, up2, inner, down2, down1]: typeof RIGHT_EYE | typeof LEFT_EYE): number {
  const width = meshDistance(mesh, outer, inner);
  return width > 0 ? (meshDistance(mesh, up1, down1) + meshDistance(mesh, up2, down2)) / (2 * width) : 0;
}

/** Distance between two points of a mesh, in its unit. */
export function meshDistance(mesh: Float32Array, i: number, j: number): number {
  return Math.hypot(mesh[3 * i]! - mesh[3 * j]!, mesh[3 * i + 1]! - mesh[3 * j + 1]!, mesh[3 * i + 2]! - mesh[3 * j + 2]!);
}
