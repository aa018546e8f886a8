import { hasBrand } from './hasBrand.js';

interface Kinds {
  Blob: Blob;
  CryptoKey: CryptoKey;
  ImageBitmap: ImageBitmap;
  ImageData: ImageData;
  OffscreenCanvas: OffscreenCanvas;
  VideoFrame: VideoFrame;
}

const GETTERS: Readonly<Record<keyof Kinds, string>> = {
  Blob: 'size',
  CryptoKey: 'type',
  ImageBitmap: 'width',
  ImageData: 'width',
  OffscreenCanvas: 'width',
  VideoFrame: 'displayWidth',
};

/**
 * Like `instanceof`, for objects of other windows too (same-origin frames, picture-in-picture windows); false where this browser has no
 * such kind.
 */
export function isA<K extends keyof Kinds>(value: unknown, kind: K): value is Kinds[K] {
  return hasBrand(value, kind, GETTERS[kind]);
}
