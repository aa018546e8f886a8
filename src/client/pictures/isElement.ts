import { hasBrand } from '../../shared/hasBrand.js';

interface Elements {
  HTMLCanvasElement: HTMLCanvasElement;
  HTMLImageElement: HTMLImageElement;
  HTMLVideoElement: HTMLVideoElement;
}

const GETTERS: Readonly<Record<keyof Elements, string>> = {
  HTMLCanvasElement: 'width',
  HTMLImageElement: 'naturalWidth',
  HTMLVideoElement: 'videoWidth',
};

/** Like `instanceof`, for elements of other windows too (same-origin frames, picture-in-picture windows). */
export function isElement<K extends keyof Elements>(value: unknown, kind: K): value is Elements[K] {
  return hasBrand(value, kind, GETTERS[kind]);
}
