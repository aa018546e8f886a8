import * as tf from '@tensorflow/tfjs-core';

export interface WebgpuHandle {
  readonly build: 'webgpu';
  /** True once the browser took the device away: results read since then are worthless. */
  isLost(): boolean;
}

/** One device per thread, which verifiers share; a start that failed may be tried again. */
let started: Promise<WebgpuHandle> | null = null;
let create: ReturnType<typeof tf.findBackendFactory>;
let device: GPUDevice | null = null;

/** Starts WebGPU, afresh when an earlier device was lost. Throws an Error that says why it does not start. */
export async function startWebgpu(): Promise<WebgpuHandle> {
  const before = started;
  if ((await before)?.isLost() && started === before) started = null;
  started ??= start().catch((error: unknown) => {
    started = null;
    throw error;
  });
  const handle = await started;
  await tf.setBackend('webgpu');
  return handle;
}

/** Gives the device back, with all its memory; `startWebgpu` asks for another. */
export function stopWebgpu(): void {
  started = null;
  if (!device) return;
  tf.removeBackend('webgpu');
  device.destroy();
  device = null;
}

async function start(): Promise<WebgpuHandle> {
  // TensorFlow.js would fail on the missing adapter with a message that helps nobody.
  if (!navigator.gpu) throw new Error('this browser has no WebGPU');
  if (!(await navigator.gpu.requestAdapter())) throw new Error('the browser offers no GPU');
  await import('@tensorflow/tfjs-backend-webgpu');
  create ??= tf.findBackendFactory('webgpu');
  // Called directly: tf.setBackend would swallow the reason of a failure.
  const backend = await create();
  let lost = false;
  ({ device } = backend as unknown as { device: GPUDevice });
  void device.lost.then(() => (lost = true));
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => backend, 3);
  return { build: 'webgpu', isLost: () => lost };
}
