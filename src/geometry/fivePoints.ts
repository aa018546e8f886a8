import type { FivePoints } from '../shared/FaceReport.js';
import { meanOf } from './meanOf.js';

/** Corners and lids of an eye in the 468-point mesh; their mean stands for the pupil. */
export const RIGHT_EYE = [33, 133, 159, 145] as const;
export const LEFT_EYE = [362, 263, 386, 374] as const;
const NOSE_TIP = 4;
const RIGHT_MOUTH_CORNER = 61;
const LEFT_MOUTH_CORNER = 291;

/** The five alignment points of a mesh (468 × x, y, z), in the mesh's own coordinate space. */
export function fivePoints(mesh: Float32Array): FivePoints {
  return {
    rightEye: meanOf(mesh, RIGHT_EYE),
    leftEye: meanOf(mesh, LEFT_EYE),
    nose: meanOf(mesh, [NOSE_TIP]),
    rightMouth: meanOf(mesh, [RIGHT_MOUTH_CORNER]),
    leftMouth: meanOf(mesh, [LEFT_MOUTH_CORNER]),
  };
}
