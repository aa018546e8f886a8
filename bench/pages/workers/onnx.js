import { serveRuntime, SHAPE } from './serveRuntime.js';

// Loaded as published, not bundled: its threads load the same files again by name.
const AT = '/onnx/ort.wasm.min.mjs';

serveRuntime(async ({ threads, onnx }) => {
  const { env, InferenceSession, Tensor } = await import(/* @vite-ignore */ AT);
  env.wasm.numThreads = threads;
  env.wasm.wasmPaths = new URL('/onnx/', location.href).href;
  const session = await InferenceSession.create(new Uint8Array(onnx), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const [from] = session.inputNames;
  const [to] = session.outputNames;
  return {
    build: 'SIMD, threads',
    // The runtime sets it to 1 where it cannot have threads.
    threads: env.wasm.numThreads,
    async run(input) {
      const results = await session.run({ [from]: new Tensor('float32', input, SHAPE) });
      return results[to].data;
    },
  };
});
