import '@tensorflow/tfjs-backend-webgl';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { FaceEngine } from '../FaceEngine.js';
import { ENGINE } from '../../../e2e/fixtures/engineAssets.js';
import { cosine, face, MODELS_URL, pixelsOf } from '../../../e2e/fixtures/pictures.js';

const ONLY = { select: 'only', gate: false, stream: null } as const;

it('rebuilds everything when the browser takes the WebGL context away, and answers the call', async () => {
  const engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'webgl', ...ENGINE }, () => undefined);
  const pixels = pixelsOf(await face('person01-a-front'));
  const { embedding: before } = await engine.look(pixels, ONLY);
  const { gl } = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext();
  const canvas = gl.canvas as HTMLCanvasElement;
  const heard = (event: string) => new Promise((resolve) => canvas.addEventListener(event, resolve, { once: true }));
  const extension = gl.getExtension('WEBGL_lose_context')!;
  const [lost, restored] = [heard('webglcontextlost'), heard('webglcontextrestored')];
  extension.loseContext();
  await lost;
  // As after a reset of the GPU: the context comes back, empty.
  await new Promise((resolve) => setTimeout(resolve, 50));
  extension.restoreContext();
  await restored;
  expect(gl.isContextLost()).toBe(false);
  const { embedding: after } = await engine.look(pixels, ONLY);
  expect(cosine(before!, after!)).toBeGreaterThan(0.99999);

  // The same while a call is under way.
  const underWay = engine.look(pixels, ONLY);
  const fresh = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext().gl;
  setTimeout(() => fresh.getExtension('WEBGL_lose_context')!.loseContext(), 20);
  expect(cosine(before!, (await underWay).embedding!)).toBeGreaterThan(0.99999);
  expect(fresh.isContextLost()).toBe(true);
  await engine.dispose();
});

it('says what to do when the browser gives no other context', async () => {
  const engine = await FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'webgl', ...ENGINE }, () => undefined);
  const pixels = pixelsOf(await face('person01-a-front'));
  const { gl } = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext();
  gl.getExtension('WEBGL_lose_context')!.loseContext();
  await expect.poll(() => gl.isContextLost()).toBe(true);
  const refused = [OffscreenCanvas, HTMLCanvasElement].map(({ prototype }) =>
    vi.spyOn(prototype as { getContext: (kind: string) => unknown }, 'getContext').mockReturnValue(null),
  );
  try {
    const outcome = await engine.look(pixels, ONLY).catch((error: unknown) => error);
    expect(outcome).toMatchObject({ code: 'backend-unavailable', message: expect.stringMatching(/lost.*anew.*backend: 'wasm'/) as string });
    expect((outcome as Error).cause).toBeInstanceOf(Error);
  } finally {
    refused.forEach((spy) => spy.mockRestore());
  }
  // The next call tries again.
  expect((await engine.look(pixels, ONLY)).embedding).toHaveLength(128);
  await engine.dispose();
  await expect(engine.look(pixels, ONLY)).rejects.toThrow();
});

it('is lost once for all verifiers of a thread: neither takes away what the other has had made anew', async () => {
  const load = () => FaceEngine.load({ modelsUrl: MODELS_URL, model: 'mobilenet-160', backend: 'webgl', ...ENGINE }, () => undefined);
  const [first, second] = [await load(), await load()];
  const pixels = pixelsOf(await face('person01-a-front'));
  const { gl } = (tf.backend() as unknown as MathBackendWebGL).getGPGPUContext();
  gl.getExtension('WEBGL_lose_context')!.loseContext();
  await expect.poll(() => gl.isContextLost()).toBe(true);
  const { embedding } = await first.look(pixels, ONLY);
  // Of a verifier that saw nothing of it, of one that is new, and of the first again.
  const third = await load();
  for (const engine of [second, third, first]) {
    expect(cosine(embedding!, (await engine.look(pixels, ONLY)).embedding!)).toBeGreaterThan(0.99999);
  }
  for (const engine of [first, second, third]) await engine.dispose();
});
