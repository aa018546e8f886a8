import { FACTORY } from '../../shared/factoryOnly.js';
import type { FaceVerifierOptions } from '../../shared/options.js';
import { FaceCapture } from './FaceCapture.js';
import type { CaptureOptions } from './CaptureOptions.js';
import type { CaptureParts, CaptureVerifier } from './CaptureRun.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/** A capture with the caller's verifier, or with one that `create` makes from these options at each start. */
export function captureOf(
  verifier: FaceVerifier | FaceVerifierOptions,
  options: CaptureOptions,
  create: (options: FaceVerifierOptions) => Promise<FaceVerifier>,
): FaceCapture {
  const parts: CaptureParts = {
    verifier: isVerifier(verifier) ? verifier : null,
    create: ({ signal, onProgress }) => {
      const given = verifier as FaceVerifierOptions;
      const told: FaceVerifierOptions['onProgress'] = (progress) => {
        given.onProgress?.(progress);
        onProgress(progress);
      };
      return create({ ...given, signal, onProgress: told });
    },
  };
  return new FaceCapture(FACTORY, parts, options);
}

/** By what it can do: one of another copy of this library, or a test's, is as good. */
function isVerifier(verifier: FaceVerifier | FaceVerifierOptions): verifier is FaceVerifier & CaptureVerifier {
  return typeof (verifier as Partial<FaceVerifier> | null)?.verifyLive === 'function';
}
