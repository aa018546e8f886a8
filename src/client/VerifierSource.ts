import { assertOptions } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import { OPTION_NAMES } from '../shared/optionNames.js';
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

/**
 * Throws a TypeError for what is neither a verifier nor its options. The promise of a verifier, whose `await` was forgotten, would else pass for
 * options that leave everything out.
 * @param expected for the TypeError that says "expected X, got Y"
 */
export function assertVerifierOrOptions(source: unknown, expected: string): asserts source is FaceVerifier | FaceVerifierOptions {
  if (typeof source !== 'object' || source === null) throw new TypeError(`expected ${expected}, got ${describe(source)}`);
  if ('then' in source) throw new TypeError(`expected ${expected}, got ${describe(source)}: await it first`);
  if (!isVerifier(source)) assertVerifierOptions(source);
}

/** What can be said of the options before anything is loaded, and by whoever puts a listener of its own in front of the page's. */
export function assertVerifierOptions(options: FaceVerifierOptions): void {
  assertOptions(options, OPTION_NAMES.createFaceVerifier, 'createFaceVerifier');
  const { onProgress } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new TypeError(`expected onProgress to be a function, got ${describe(onProgress)}`);
  }
}
