import type { LivenessOptions } from '../../shared/liveness.js';
import { drawWith } from './drawWith.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import type { LivenessSession } from './LivenessSession.js';

/**
 * Draws the challenges of one liveness session: actions that a person in front of the camera can do, and a picture or an earlier recording
 * cannot. docs/liveness.md says what that proves and what it does not.
 *
 * Throws a TypeError or RangeError for wrong options.
 */
export function createLivenessSession(verifier: FaceVerifier, options: LivenessOptions = {}): LivenessSession {
  return drawWith(verifier, options);
}
