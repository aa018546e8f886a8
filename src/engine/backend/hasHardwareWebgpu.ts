import { webgpuKind } from '../../shared/webgpuKind.js';

/** True where WebGPU runs on a real GPU: a software adapter is many times slower than WASM. */
export async function hasHardwareWebgpu(): Promise<boolean> {
  return (await webgpuKind()) === 'hardware';
}
