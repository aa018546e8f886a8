import type { FaceReport, Point } from '../shared/FaceReport.js';
import type { FaceFrame } from './meshView.js';

type Meshed = Pick<FaceReport, 'mesh' | 'landmarks'>;

/**
 * How the detector's box lies to the mesh: what the mesh is framed by has to look the same whether the detector found the face or the last
 * frame's mesh did. Medians of `node tools/measure-frames.mjs` over Labeled Faces in the Wild (deep-funneled, sets 1 to 5 of view 2).
 */
const SIDE = 0.92;
const DOWN = 0.044;

/** Frames a face for the mesh by where it was in the picture before; source-image pixels. */
export function trackedFrame(face: Meshed): FaceFrame {
  const { cos, sin, left, right, top, bottom } = uprightBounds(face);
  const larger = Math.max(right - left, bottom - top);
  const x = (left + right) / 2;
  const y = (top + bottom) / 2 + DOWN * larger;
  const center: Point = { x: cos * x - sin * y, y: sin * x + cos * y };
  const { rightEye, leftEye } = face.landmarks;
  return { center, side: SIDE * larger, rightEye, leftEye };
}

/** Bounds of the mesh in axes turned by the line of the eyes: x′ = cos·x + sin·y, y′ = cos·y − sin·x. */
export function uprightBounds({ mesh, landmarks: { rightEye, leftEye } }: Meshed) {
  const angle = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < mesh.length; i += 3) {
    const x = cos * mesh[i]! + sin * mesh[i + 1]!;
    const y = cos * mesh[i + 1]! - sin * mesh[i]!;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { cos, sin, left, top, right, bottom };
}
