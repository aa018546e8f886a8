import { isTypedArray } from './isTypedArray.js';

/**
 * What keeps pixels from being read as 8-bit RGBA in sRGB: `'size'`: their data does not fill the picture; `'format'`: another storage or
 * color space.
 */
export function faultOfPixels({ data, width, height, colorSpace }: ImageData): 'size' | 'format' | null {
  // A buffer that was handed to another thread leaves no data behind.
  if (data.length !== width * height * 4) return 'size';
  // Browsers that do not know color spaces have sRGB only.
  return isTypedArray(data, 'Uint8ClampedArray') && (colorSpace ?? 'srgb') === 'srgb' ? null : 'format';
}
