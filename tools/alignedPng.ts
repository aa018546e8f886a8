import { alignFace } from '../src/geometry/alignFace.js';
import { PixelPicture } from '../src/geometry/PixelPicture.js';
import type { FivePoints } from '../src/shared/FaceReport.js';

/**
 * A face crop as the network sees it, `size` × `size` pixels, as a PNG in base64. With `frame` below 1 the network's crop takes up that
 * share of the side, in the middle of a wider picture.
 */
export async function alignedPng(pixels: ImageData, landmarks: FivePoints, size: number, frame = 1): Promise<string> {
  const inner = alignFace(landmarks, size * frame);
  const margin = (size * (1 - frame)) / 2;
  const rgb = new Float32Array(size * size * 3);
  const view = { ...inner, tx: inner.tx + margin, ty: inner.ty + margin };
  new PixelPicture(pixels).sample(view, size, { scale: 1, offset: 0 }, rgb);
  const crop = new ImageData(size, size);
  for (let i = 0; i < size * size; i++) {
    for (let c = 0; c < 3; c++) crop.data[4 * i + c] = Math.round(rgb[3 * i + c]);
    crop.data[4 * i + 3] = 255;
  }
  const canvas = new OffscreenCanvas(size, size);
  canvas.getContext('2d')!.putImageData(crop, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
