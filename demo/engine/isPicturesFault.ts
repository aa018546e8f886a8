import { VisavisError } from '../../src/index.js';

/**
 * Whether a picture is to blame for what went wrong with it: it can't be read, or the browser can't make pixels of it. Whatever else goes wrong is
 * the engine's, such as a `RuntimeError` of WebAssembly or an error of TensorFlow.js: the pictures after it would meet the same.
 */
export function isPicturesFault(error: unknown): boolean {
  return error instanceof VisavisError ? error.code === 'bad-image' : error instanceof DOMException;
}
