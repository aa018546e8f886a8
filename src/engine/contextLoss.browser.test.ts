import '@tensorflow/tfjs-backend-webgl';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { FaceEngine } from './FaceEngine.js';
import { cosine, face, MODELS_URL, pixelsOf } from '../../e2e/fixtures/pictures.js';

it('rebuilds everything when the browser takes the WebGL context away, and answers the call', async () => {
  const engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'webgl' }, () => undefined);
  const pixels = pixelsOf(await face('person01-a-front'));
  const { embedding: before } = await engine.embed(pixels, 'only');
  const { gl } = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext();
  gl.getExtension('WEBGL_lose_context')!.loseContext();
  expect(gl.isContextLost()).toBe(true);
  const { embedding: after } = await engine.embed(pixels, 'only');
  expect(cosine(before, after)).toBeGreaterThan(0.99999);

  // The same while a call is under way.
  const underWay = engine.embed(pixels, 'only');
  const fresh = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext().gl;
  setTimeout(() => fresh.getExtension('WEBGL_lose_context')!.loseContext(), 20);
  expect(cosine(before, (await underWay).embedding)).toBeGreaterThan(0.99999);
  expect(fresh.isContextLost()).toBe(true);
  engine.dispose();
});
