import { VisavisError } from '../shared/VisavisError.js';

/** The error of a file that cannot be imported. The sentence names the layer, tensor, node or byte, and says what to do where that is known. */
export function importFailed(sentence: string, cause?: unknown): VisavisError {
  return new VisavisError('import-failed', sentence, cause === undefined ? {} : { cause });
}
