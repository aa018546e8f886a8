import { VisavisError } from '../../shared/VisavisError.js';
import { foreignPicture } from './foreignPicture.js';

/** The pixels of a bitmap, which is closed; for engines on the main thread of browsers without OffscreenCanvas. Throws `bad-image`. */
export function toPixels(bitmap: ImageBitmap): ImageData {
  try {
    const canvas = document.createElement('canvas');
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new VisavisError('bad-image', 'This browser gives no 2D canvas to read the picture with.');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, canvas.width, canvas.height);
  } catch (cause) {
    if (cause instanceof VisavisError) throw cause;
    if (cause instanceof DOMException && cause.name === 'SecurityError') throw foreignPicture(cause);
    throw new VisavisError('bad-image', `The picture could not be read (${String(cause)}): pass a smaller one.`, { cause });
  } finally {
    bitmap.close();
  }
}
