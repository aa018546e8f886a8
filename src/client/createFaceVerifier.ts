import type { FaceVerifierOptions } from '../shared/options.js';
import { ENGINE_BESIDE } from './bridge/engineBeside.js';
import type { FaceVerifier } from './FaceVerifier.js';
import { loadFaceVerifier } from './bridge/loadFaceVerifier.js';

/**
 * Loads the models, starts the engine in a worker, and checks with the model's golden embedding that it computes correctly. Runs in pages
 * only.
 *
 * Throws `model-missing`, `model-corrupt`, `backend-unavailable` or `aborted`, and a TypeError or RangeError for wrong options. Whatever
 * was started by then is released.
 */
export async function createFaceVerifier(options: FaceVerifierOptions = {}): Promise<FaceVerifier> {
  return loadFaceVerifier(ENGINE_BESIDE, options);
}
