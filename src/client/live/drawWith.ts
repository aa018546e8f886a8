import { describe } from '../../shared/describe.js';
import type { LivenessOptions } from '../../shared/liveness.js';
import { ENGINE_ACCESS, type EngineAccess } from '../bridge/engineAccess.js';
import type { LivenessSession } from './LivenessSession.js';

/** Draws a session whose result this verifier's `verify` knows. Throws a TypeError for anything that is no face verifier. */
export function drawWith(verifier: unknown, options: LivenessOptions): LivenessSession {
  const access = (verifier as { readonly [ENGINE_ACCESS]?: Partial<EngineAccess> } | null | undefined)?.[ENGINE_ACCESS];
  if (typeof access?.drawSession !== 'function') throw new TypeError(`expected a face verifier, got ${describe(verifier)}`);
  return access.drawSession(options);
}
