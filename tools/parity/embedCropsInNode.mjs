// The reference: TensorFlow.js' plain JavaScript kernels, which share no code with WebAssembly and WebGL.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

const SIZE = 160;

/**
 * @param {string} folder a model folder
 * @param {(Uint8Array | null)[]} crops RGBA, 160 × 160
 * @param {(done: number) => void} onProgress
 * @returns {Promise<(Float32Array | null)[]>} unit embeddings
 */
export async function embedCropsInNode(folder, crops, onProgress) {
  await tf.setBackend('cpu');
  const weights = await readFile(join(folder, 'weights.bin'));
  const buffer = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  const model = tf.loadGraphModelSync([JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')), buffer]);
  const out = [];
  for (const crop of crops) {
    out.push(crop && embed(model, crop));
    onProgress(out.length);
  }
  model.dispose();
  return out;
}

/** @param {ReturnType<typeof tf.loadGraphModelSync>} model @param {Uint8Array} crop */
function embed(model, crop) {
  return tf.tidy(() => {
    const rgb = new Float32Array(SIZE * SIZE * 3);
    for (let i = 0; i < SIZE * SIZE; i++) for (let c = 0; c < 3; c++) rgb[3 * i + c] = crop[4 * i + c] / 127.5 - 1;
    const output = /** @type {tf.Tensor} */ (model.execute(tf.tensor4d(rgb, [1, SIZE, SIZE, 3])));
    return /** @type {Float32Array} */ (output.div(output.norm()).dataSync());
  });
}
