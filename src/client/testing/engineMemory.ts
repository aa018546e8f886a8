import { ENGINE_ACCESS } from '../engineAccess.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/** What the engine holds: live tensors, and their bytes. Constant between calls, so that a test can find a leak. */
export function engineMemory(verifier: FaceVerifier): Promise<{ tensors: number; bytes: number }> {
  return verifier[ENGINE_ACCESS].bridge.memory();
}
