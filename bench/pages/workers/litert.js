import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';
import { serveRuntime, SHAPE } from './serveRuntime.js';

const AT = new URL('/litert/', location.href).href;
// For Emscripten's loader, which assumes in a worker that its files are next to the worker's own.
Object.assign(self, {
  Module: { locateFile: (/** @type {string} */ file) => AT + file, mainScriptUrlOrBlob: `${AT}litert_wasm_threaded_internal.js` },
});

serveRuntime(async ({ threads, tflite }) => {
  // It does not say how many it has.
  if (threads > 1 && !crossOriginIsolated) throw new Error('the page is not cross-origin isolated: there are no threads');
  await loadLiteRt(AT, { threads: threads > 1 });
  const model = await loadAndCompile(new Uint8Array(tflite), { accelerator: 'wasm', cpuOptions: { numThreads: threads } });
  return {
    build: threads > 1 ? 'XNNPACK, threads' : 'XNNPACK',
    threads,
    async run(input) {
      const x = new Tensor(input, SHAPE);
      const [y] = await model.run(x);
      const embedding = y.toTypedArray();
      x.delete();
      y.delete();
      return embedding;
    },
  };
});
