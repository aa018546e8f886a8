import type { Point } from '../shared/FaceReport.js';
import type { Similarity } from './Similarity.js';

/** The mesh sees a square this much larger than the detector's box. */
const ENLARGE = 1.6;

/** What is needed to frame a face for the mesh; source-image pixels. */
export interface FaceFrame {
  readonly center: Point;
  /** The longer side of the detector's box. */
  readonly side: number;
  readonly rightEye: Point;
  readonly leftEye: Point;
}

/** The transform from source-image pixels into the mesh's `size`-pixel square, rotated until the eyes are level. */
export function meshView({ center, side, rightEye, leftEye }: FaceFrame, size: number): Similarity {
  const angle = -Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  const scale = size / (ENLARGE * side);
  const a = scale * Math.cos(angle);
  const b = scale * Math.sin(angle);
  return { a, b, tx: size / 2 - (a * center.x - b * center.y), ty: size / 2 - (b * center.x + a * center.y) };
}

/** Maps mesh points (468 × x, y, z in pixels of the mesh's input) back to source-image pixels. */
export function meshToSource(mesh: Float32Array, toSource: Similarity): Float32Array {
  const { a, b, tx, ty } = toSource;
  const scale = Math.hypot(a, b);
  const out = new Float32Array(mesh.length);
  for (let i = 0; i < mesh.length; i += 3) {
    const x = mesh[i]!;
    const y = mesh[i + 1]!;
    out[i] = a * x - b * y + tx;
    out[i + 1] = b * x + a * y + ty;
    out[i + 2] = mesh[i + 2]! * scale;
  }
  return out;
}
