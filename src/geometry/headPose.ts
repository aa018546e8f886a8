import type { Pose } from '../shared/FaceReport.js';
import { nearestRotation } from './nearestRotation.js';
import { REFERENCE_HEAD } from './referenceHead.js';

const DEGREES = 180 / Math.PI;

/** The reference head about its own middle: its place does not matter to a turn. */
const HEAD = centered(REFERENCE_HEAD);

/**
 * Head pose from the mesh (468 × x, y, z): the rotation that brings a reference head nearest to it, by least squares over 70 points that
 * neither a smile nor an open mouth moves (the orthogonal Procrustes problem: Schönemann 1966; for point sets in space: Arun, Huang and
 * Blostein 1987). All 0 for a mesh without extent.
 */
export function headPose(mesh: Float32Array): Pose {
  // Σ (mesh point) (head point)ᵀ, by rows; the head's points add up to nothing, so the mesh's place drops out.
  const h = new Float64Array(9);
  for (const [i, x, y, z] of HEAD) {
    for (let k = 0; k < 3; k++) {
      const v = mesh[3 * i + k]!;
      h[3 * k]! += v * x;
      h[3 * k + 1]! += v * y;
      h[3 * k + 2]! += v * z;
    }
  }
  const r = nearestRotation(h);
  if (!r) return { yaw: 0, pitch: 0, roll: 0 };
  // Columns of the rotation: where the head's own axes point. The third leaves the back of the head.
  const roll = Math.atan2(r[3]!, r[0]!);
  // Undo the roll before reading it, so that a tilted head's yaw stays yaw.
  const [nx, ny, nz] = [r[2]!, r[5]!, r[8]!];
  const x = nx * Math.cos(roll) + ny * Math.sin(roll);
  const y = ny * Math.cos(roll) - nx * Math.sin(roll);
  return {
    yaw: Math.atan2(-x, nz) * DEGREES,
    pitch: Math.atan2(y, Math.hypot(x, nz)) * DEGREES,
    roll: roll * DEGREES,
  };
}

function centered(head: typeof REFERENCE_HEAD): typeof REFERENCE_HEAD {
  const mean = (k: 1 | 2 | 3) => head.reduce((sum, point) => sum + point[k], 0) / head.length;
  const [mx, my, mz] = [mean(1), mean(2), mean(3)];
  return head.map(([i, x, y, z]) => [i, x - mx, y - my, z - mz]);
}
