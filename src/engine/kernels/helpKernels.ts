import type { KernelExports } from './kernelBuilds.js';

/** The name of a worker that only lends its processor to the kernels. */
export const HELPER_NAME = 'visavis-helper';
/** What it answers once it is ready. */
export const HELPER_READY = 'visavis-helper-ready';

/** What a helper needs: the compiled module, its memory, and addresses in it. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly stackTop: number;
  readonly meeting: number;
  /** Counts the helpers from 1. */
  readonly thread: number;
}

/**
 * To be called first in the script of a worker that runs the kernels with threads, since helpers run that same script: one file to host,
 * and to allow in a policy. Where this worker is such a helper it returns true, and helps until it is ended.
 */
export function helpKernels(worker: typeof self & { name?: string }): boolean {
  if (worker.name !== HELPER_NAME) return false;
  worker.onmessage = ({ data }: MessageEvent<HelperStart>) => void help(data, () => worker.postMessage(HELPER_READY));
  return true;
}

async function help({ module, memory, stackTop, meeting, thread }: HelperStart, ready: () => void): Promise<void> {
  const kernels = (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as KernelExports;
  kernels.__stack_pointer.value = stackTop;
  ready();
  kernels.help(meeting, thread);
}
