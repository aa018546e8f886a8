import type { Picture } from './types.js';

/** What a mirrored camera sends. */
export function mirrored({ width, height, data }: Picture): Picture {
  const from = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const to = new Uint32Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) to[y * width + x] = from[y * width + width - 1 - x];
  return { width, height, data: new Uint8ClampedArray(to.buffer) };
}
