import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../shared/options.js';
import type { Graph, GraphRuntime } from './GraphRuntime.js';

/** TensorFlow.js as a runtime. Every tensor made here is disposed here, also when a run fails. */
export function tfjsRuntime(backend: Backend): GraphRuntime {
  /** TensorFlow.js has one current backend per thread; two verifiers on one thread may use different ones. */
  const select = async () => {
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
  };

  return {
    load({ modelJson, weights }): Graph {
      const model = loadGraphModelSync([modelJson as tf.io.ModelJSON, weights]);
      return {
        async run(input, shape, outputs) {
          await select();
          const x = tf.tensor(input, [...shape], 'float32');
          let results: tf.Tensor[] = [];
          try {
            const result = model.execute(x, [...outputs]);
            results = Array.isArray(result) ? result : [result];
            return (await Promise.all(results.map((t) => t.data()))) as Float32Array[];
          } finally {
            tf.dispose([x, ...results]);
          }
        },
        dispose: () => model.dispose(),
      };
    },

    async suppress(boxes, scores, maxOverlap) {
      if (boxes.length === 0) return [];
      await select();
      const b = tf.tensor2d(boxes.map((box) => [...box]));
      const s = tf.tensor1d([...scores]);
      let kept: tf.Tensor1D | undefined;
      try {
        kept = await tf.image.nonMaxSuppressionAsync(b, s, boxes.length, maxOverlap);
        return [...(await kept.data())];
      } finally {
        tf.dispose([b, s, ...(kept ? [kept] : [])]);
      }
    },

    memory() {
      const { numTensors, numBytes } = tf.memory();
      return { tensors: numTensors, bytes: numBytes };
    },
  };
}
