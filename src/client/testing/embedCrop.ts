import { assertOptions } from '../../shared/assertOptions.js';
import { OPTION_NAMES } from '../../shared/optionNames.js';
import type { CallOptions } from '../../shared/options.js';
import { ENGINE_ACCESS } from '../bridge/engineAccess.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import type { ImageSource } from '../pictures/ImageSource.js';

/**
 * The embedding of a crop that is already aligned and exactly `info.inputSize` × `info.inputSize` pixels: for evaluation, and for checking
 * a model against other software. Returns `info.embeddingSize` values of unit length. Throws a RangeError for a crop of another size.
 */
export async function embedCrop(verifier: FaceVerifier, crop: ImageSource, options: CallOptions = {}): Promise<Float32Array> {
  assertOptions(options, OPTION_NAMES.call, 'embedCrop');
  return verifier[ENGINE_ACCESS].embedCrop(crop, options.signal);
}
