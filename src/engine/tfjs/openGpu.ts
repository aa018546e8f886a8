import type { GraphRuntime } from '../GraphRuntime.js';
import { tfjsRuntime } from './tfjsRuntime.js';
import { startWebgl, stopWebgl, type WebglHandle } from './webglBackend.js';
import { startWebgpu, stopWebgpu, type WebgpuHandle } from './webgpuBackend.js';

const GPUS = {
  webgl: { start: startWebgl, stop: stopWebgl },
  webgpu: { start: startWebgpu, stop: stopWebgpu },
};
type Gpu = keyof typeof GPUS;
/** How many runtimes use each: verifiers of one thread share a backend. */
const users = { webgl: 0, webgpu: 0 };

/**
 * Starts TensorFlow.js on a GPU. The last runtime that is disposed of gives the GPU's memory back, which TensorFlow.js would keep for what it
 * may still be asked to do. Throws an Error that says why it does not start.
 */
export async function openGpu(backend: Gpu): Promise<(WebglHandle | WebgpuHandle) & { readonly runtime: GraphRuntime }> {
  const { start, stop } = GPUS[backend];
  let isUsed = true;
  users[backend]++;
  const dispose = () => {
    if (isUsed && --users[backend] === 0) stop();
    isUsed = false;
  };
  try {
    return { ...(await start()), runtime: { ...tfjsRuntime(backend), dispose } };
  } catch (error) {
    dispose();
    throw error;
  }
}
