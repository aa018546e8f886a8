import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { PixelPicture } from '../../geometry/PixelPicture.js';
import type { Backend } from '../../shared/options.js';
import type { GraphRuntime } from '../GraphRuntime.js';
import { keptRoom } from '../keptRoom.js';

// Two files have it, and a thread may load both: they share its state, and without this the second one warns.
tf.enableProdMode();

/** TensorFlow.js as a runtime. Every tensor made here is disposed here, also when a run fails. */
export function tfjsRuntime(backend: Backend): GraphRuntime {
  const room = keptRoom();
  /** TensorFlow.js has one current backend per thread; two verifiers on one thread may use different ones. */
  const select = async () => {
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
  };

  return {
    fastest: 'float32',

    load({ modelJson, weights }, { size, outputs }) {
      const model = loadGraphModelSync([modelJson as tf.io.ModelJSON, weights]);
      const input = new Float32Array(size * size * 3);
      return {
        arithmetic: 'float32',
        input,
        async run() {
          await select();
          const x = tf.tensor(input, [1, size, size, 3], 'float32');
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

    room: (width, height) => room(width * height * 4),

    picture: (pixels) => new PixelPicture(pixels),

    memory() {
      // Not `tf.memory()`, which would start a backend where the last one has gone.
      const { numTensors, numBytes } = tf.engine().state;
      return { tensors: numTensors, bytes: numBytes };
    },

    // The backend stays: another verifier of this thread may run on it. GPUs are given back by `openGpu`; the other cannot be started twice.
    dispose: () => undefined,
  };
}
