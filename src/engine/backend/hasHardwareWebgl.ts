import { webglKind } from '../../shared/webglKind.js';

/** True where WebGL runs on a real GPU: a software rasterizer is many times slower than WASM. */
export function hasHardwareWebgl(): boolean {
  return webglKind() === 'hardware';
}
