import { describe } from '../shared/describe.js';
import type { LivenessOptions } from '../shared/liveness.js';
import { ENGINE_ACCESS, type EngineAccess } from './engineAccess.js';
import type { FaceVerifier } from './FaceVerifier.js';
import type { LivenessSession } from './LivenessSession.js';

/**
 * Draws the challenges of one liveness session: actions that a person in front of the camera can do, and a picture or an earlier recording
 * cannot. docs/liveness.md says what that proves and what it does not.
 *
 * Throws a TypeError or RangeError for wrong options.
 */
export function createLivenessSession(verifier: FaceVerifier, options: LivenessOptions = {}): LivenessSession {
  const access = (verifier as Partial<FaceVerifier> | null | undefined)?.[ENGINE_ACCESS] as Partial<EngineAccess> | undefined;
  if (typeof access?.drawSession !== 'function') throw new TypeError(`expected a face verifier, got ${describe(verifier)}`);
  return access.drawSession(options);
}
