const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** What stands behind a graphics interface: a rasterizer in software is many times slower than WebAssembly. */
export type GraphicsKind = 'hardware' | 'software' | 'none';

/** What stands behind WebGL, here or on the thread that asks. */
export function webglKind(): GraphicsKind {
  const canvas = createCanvas();
  const gl = canvas?.getContext('webgl2') ?? canvas?.getContext('webgl');
  if (!gl) return 'none';
  try {
    const info = gl.getExtension('WEBGL_debug_renderer_info');
    const name: unknown = gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
    return SOFTWARE.test(String(name)) ? 'software' : 'hardware';
  } finally {
    gl.getExtension('WEBGL_lose_context')?.loseContext();
  }
}

/** Without OffscreenCanvas the engine runs on the page's own thread, which has a document. */
function createCanvas(): OffscreenCanvas | null {
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  const { document } = globalThis as { document?: { createElement(name: 'canvas'): unknown } };
  return document ? (document.createElement('canvas') as OffscreenCanvas) : null;
}
