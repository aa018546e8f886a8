import type { KernelExports } from './kernelBuilds.js';

/** The name of a worker that only lends its processor to the kernels. */
export const HELPER_NAME = 'visavis-helper';

/** What a helper needs: the compiled module, its memory, and addresses in it. */
export interface HelperStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly stackTop: number;
  readonly meeting: number;
  /** Counts the helpers from 1. */
  readonly thread: number;
}

/** Answers once that it is ready, and then helps until its worker is ended. */
export async function helpKernels({ module, memory, stackTop, meeting, thread }: HelperStart, ready: () => void): Promise<void> {
  const kernels = (await WebAssembly.instantiate(module, { env: { memory } })).exports as unknown as KernelExports;
  kernels.__stack_pointer.value = stackTop;
  ready();
  kernels.help(meeting, thread);
}
