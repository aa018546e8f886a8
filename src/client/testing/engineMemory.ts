import { ENGINE_ACCESS } from '../bridge/engineAccess.js';
import type { FaceVerifier } from '../FaceVerifier.js';

/** The number of live tensors in the engine, and their bytes. It stays constant between calls, so a test can detect a leak. */
export function engineMemory(verifier: FaceVerifier): Promise<{ tensors: number; bytes: number }> {
  return verifier[ENGINE_ACCESS].memory();
}
