import type { FaceVerifierOptions } from '../../shared/options.js';
import type { FaceCapture } from './FaceCapture.js';
import type { CaptureOptions } from './CaptureOptions.js';
import { captureOf } from './captureOf.js';
import { createFaceVerifier } from '../createFaceVerifier.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/**
 * A capture as a state machine, for any framework's view: enrolls, verifies or checks a person, and says at each moment what to show. With
 * the options of a verifier instead of a verifier it loads one at each start and disposes of it at the end; the camera that it opens it
 * also stops. Throws a TypeError or RangeError for wrong options; whatever happens later is in its `state`.
 */
export function createCapture(verifier: FaceVerifier | FaceVerifierOptions, options: CaptureOptions): FaceCapture {
  return captureOf(verifier, options, createFaceVerifier);
}
