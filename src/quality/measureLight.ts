import type { Quality } from '../shared/FaceReport.js';

/** Luma that differs by less from the mean of its four neighbors, in a picture of 8 bits, has neither texture nor noise. */
const FLAT = 0.125 / 255;

/**
 * Brightness, contrast, evenness, sharpness and flatness of the face in an aligned crop (RGB in −1 … 1, [size, size, 3]).
 * Only an oval around eyes, nose and mouth is read, so that hair and background do not count.
 */
export function measureLight(crop: Float32Array): Pick<Quality, 'brightness' | 'contrast' | 'evenness' | 'sharpness' | 'flatness'> {
  const size = Math.sqrt(crop.length / 3);
  const luma = lumaOf(crop);
  const left = { sum: 0, count: 0 };
  const right = { sum: 0, count: 0 };
  let squares = 0;
  let edges = 0;
  let flat = 0;
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const u = ((x + 0.5) / size - 0.5) / 0.3;
      const v = ((y + 0.5) / size - 0.62) / 0.34;
      if (u * u + v * v > 1) continue;
      const at = y * size + x;
      const value = luma[at]!;
      const side = u < 0 ? left : right;
      side.sum += value;
      side.count++;
      squares += value * value;
      const edge = Math.abs(4 * value - luma[at - 1]! - luma[at + 1]! - luma[at - size]! - luma[at + size]!);
      edges += edge;
      if (edge < 4 * FLAT) flat++;
    }
  }
  const count = left.count + right.count;
  const brightness = (left.sum + right.sum) / count;
  const contrast = Math.sqrt(Math.max(squares / count - brightness ** 2, 0));
  const means = [left.sum / left.count, right.sum / right.count];
  return {
    brightness,
    contrast,
    evenness: Math.min(...means) / Math.max(...means, 1e-6),
    sharpness: edges / count / Math.max(contrast, 1e-3),
    flatness: flat / count,
  };
}

/** Rec. 709 luma of the gamma-coded values, 0 … 1. */
function lumaOf(crop: Float32Array): Float32Array {
  const luma = new Float32Array(crop.length / 3);
  for (let i = 0; i < luma.length; i++) {
    luma[i] = (0.2126 * crop[3 * i]! + 0.7152 * crop[3 * i + 1]! + 0.0722 * crop[3 * i + 2]! + 1) / 2;
  }
  return luma;
}
