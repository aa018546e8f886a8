import type { FaceVerifierOptions } from '../../shared/options.js';
import type { FaceCapture } from '../live/FaceCapture.js';
import type { CaptureOptions } from '../live/CaptureOptions.js';
import { captureOf } from '../live/captureOf.js';
import { createFaceVerifier } from './createFaceVerifier.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/** As that of the main entry, with this entry's `createFaceVerifier`. */
export function createCapture(verifier: FaceVerifier | FaceVerifierOptions, options: CaptureOptions): FaceCapture {
  return captureOf(verifier, options, createFaceVerifier);
}
