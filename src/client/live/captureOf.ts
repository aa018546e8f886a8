import { FACTORY } from '../../shared/factoryOnly.js';
import type { FaceVerifierOptions } from '../../shared/options.js';
import { FaceCapture } from './FaceCapture.js';
import type { CaptureOptions } from './CaptureOptions.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/** A capture with the caller's verifier, or with one that `create` makes from these options at each start. */
export function captureOf(
  verifier: FaceVerifier | FaceVerifierOptions,
  options: CaptureOptions,
  create: (options: FaceVerifierOptions) => Promise<FaceVerifier>,
): FaceCapture {
  return new FaceCapture(FACTORY, { verifier, create }, options);
}
