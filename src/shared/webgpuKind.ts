import type { GraphicsKind } from './webglKind.js';

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** What stands behind WebGPU; `none` also where the browser fails to say. */
export async function webgpuKind(): Promise<GraphicsKind> {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return 'none';
    const { isFallbackAdapter, vendor, architecture, device, description } = adapter.info;
    return isFallbackAdapter || SOFTWARE.test([vendor, architecture, device, description].join(' ')) ? 'software' : 'hardware';
  } catch {
    return 'none';
  }
}
