import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { serveRuntime } from './serveRuntime.js';

serveRuntime(async ({ threads, size, modelJson, weights }) => {
  setWasmPaths(new URL('/tfjs-wasm/', location.href).href);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1);
  if (threads > 1) setThreadsCount(threads);
  await tf.setBackend('wasm');
  await tf.ready();
  const model = loadGraphModelSync([modelJson, weights]);
  return {
    build: threads > 1 ? 'SIMD, threads' : 'SIMD',
    threads: threads > 1 ? getThreadsCount() : 1,
    run(input) {
      const x = tf.tensor(input, [1, size, size, 3], 'float32');
      const y = /** @type {tf.Tensor} */ (model.execute(x, ['embedding']));
      const embedding = /** @type {Float32Array} */ (y.dataSync());
      tf.dispose([x, y]);
      return embedding;
    },
  };
});
