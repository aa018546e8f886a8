import type { FaceVerifier } from '../../../src/index.js';
import { HeadModel } from './HeadModel.js';
import type { Picture } from './types.js';

/** The frame that everything is filmed in. */
export interface Format {
  readonly width: number;
  readonly height: number;
}

export const LANDSCAPE: Format = { width: 640, height: 480 };
export const PORTRAIT: Format = { width: 480, height: 640 };

/** How large and where the face is at rest: distance between the eyes and the middle of the face, as shares of the frame's shorter side. */
const EYES = 0.16;
const DOWN = 0.03;

/**
 * Puts a picture of one person into a frame, its face level, in the middle and always of the same size, so that one person can take
 * another's place; and makes a head of it.
 */
export async function openHead(verifier: FaceVerifier, picture: ImageBitmap, format: Format): Promise<HeadModel> {
  const [face] = await verifier.analyze(picture);
  if (!face) throw new Error('no face in the picture');
  const { rightEye, leftEye, rightMouth, leftMouth } = face.landmarks;
  const angle = Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
  const short = Math.min(format.width, format.height);
  const scale = (EYES * short) / Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const middle = {
    x: (rightEye.x + leftEye.x + rightMouth.x + leftMouth.x) / 4,
    y: (rightEye.y + leftEye.y + rightMouth.y + leftMouth.y) / 4,
  };
  const canvas = new OffscreenCanvas(format.width, format.height);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  context.filter = 'blur(12px)';
  context.drawImage(picture, -20, -20, format.width + 40, format.height + 40);
  context.filter = 'none';
  context.translate(format.width / 2, format.height / 2 + DOWN * short);
  context.scale(scale, scale);
  context.rotate(-angle);
  context.drawImage(picture, -middle.x, -middle.y);
  const placed: Picture = context.getImageData(0, 0, format.width, format.height);
  const [again] = await verifier.analyze(placed as ImageData);
  if (!again) throw new Error('no face in the placed picture');
  return new HeadModel(placed, again.mesh);
}
