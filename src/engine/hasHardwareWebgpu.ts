const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** True where WebGPU runs on a real GPU: a software adapter is many times slower than WASM. */
export async function hasHardwareWebgpu(): Promise<boolean> {
  try {
    const adapter = await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return false;
    const { isFallbackAdapter, vendor, architecture, device, description } = adapter.info;
    return !isFallbackAdapter && !SOFTWARE.test([vendor, architecture, device, description].join(' '));
  } catch {
    return false;
  }
}
