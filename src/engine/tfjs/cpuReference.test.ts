import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { normalizeL2 } from '../../matching/normalizeL2.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { parseManifest } from '../models/parseManifest.js';

const read = (name: string) => readFileSync(new URL(`../../../public/models/mobilenet-160/${name}`, import.meta.url));

it('the shipped graph gives PyTorch’s golden embedding in plain JavaScript too, so no backend’s kernels are its yardstick', async () => {
  await tf.setBackend('cpu');
  const { golden } = parseManifest(read('manifest.json').toString(), 'manifest.json').embedder!;
  const weights = read('weights.bin');
  const buffer = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  const model = tf.loadGraphModelSync([JSON.parse(read('model.json').toString()) as tf.io.ModelJSON, buffer]);
  const output = tf.tidy(() => model.execute(tf.tensor4d(goldenPattern(160), [1, 160, 160, 3])) as tf.Tensor);
  const embedding = normalizeL2(await output.data());
  const cosine = embedding.reduce((sum, v, i) => sum + v * golden.embedding[i], 0);
  expect(cosine).toBeGreaterThan(0.99999);
  output.dispose();
  model.dispose();
}, 120_000);
