import type { FaceVerifierOptions } from '../../shared/options.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import { loadFaceVerifier } from '../bridge/loadFaceVerifier.js';
import { ENGINE_INSIDE } from './engineInside.js';

/** As that of the main entry, but the worker's script is inside, and TensorFlow.js is found by `tfjsUrl` only. */
export async function createFaceVerifier(options: FaceVerifierOptions = {}): Promise<FaceVerifier> {
  return loadFaceVerifier(ENGINE_INSIDE, options);
}
