import type { LivenessOptions } from '../../shared/liveness.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import type { LivenessSession } from '../live/LivenessSession.js';

/**
 * The key by which `createLivenessSession` and `visavis/testing`, and nothing else, reach into a verifier. A registered symbol, because
 * either may be of another copy of this library; a class or a private field would be another one there.
 */
export const ENGINE_ACCESS = Symbol.for('visavis.engineAccess');

/** Calls, and no objects: whoever holds the key, which is no secret, gets nothing to change or to forge with. */
export interface EngineAccess {
  readonly memory: () => Promise<{ tensors: number; bytes: number }>;
  readonly embedCrop: (crop: ImageSource, signal: AbortSignal | undefined) => Promise<Float32Array>;
  /** Draws a session whose result this verifier's `verify` knows. */
  readonly drawSession: (options: LivenessOptions) => LivenessSession;
}
