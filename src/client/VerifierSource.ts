import type { FaceVerifierOptions } from '../shared/options.js';
import type { FaceVerifier } from './FaceVerifier.js';

/**
 * Where a verifier comes from: one that is there or a function that gives one, which both stay the caller's; or the options to load one with, for
 * as long as it is used. The function's signal fires when nobody waits any more.
 */
export type VerifierSource = FaceVerifier | FaceVerifierOptions | ((signal: AbortSignal) => FaceVerifier | Promise<FaceVerifier>);

/** By what it can do: one of another copy of this library, or a test's, is as good. */
export function isVerifier(source: VerifierSource): source is FaceVerifier {
  return typeof (source as Partial<FaceVerifier> | null)?.verifyLive === 'function';
}
