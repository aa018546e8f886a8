import { trustedScriptUrl } from '../../shared/trustedScriptUrl.js';
import type { KernelMemory } from './KernelMemory.js';
import { HELPER_NAME, HELPER_READY, type HelperStart } from './helpKernels.js';

const STACK_BYTES = 16_384;
const PATIENCE_MS = 2000;

/**
 * Starts workers that lend their processor to the kernels: this worker's own script, under another name. Those that do not answer, as where a
 * policy forbids them, are left out.
 */
export async function startHelpers(count: number, module: WebAssembly.Module, memory: KernelMemory, meeting: number): Promise<Worker[]> {
  const started = Array.from({ length: count }, (_, i) => {
    const stackTop = memory.allocate(STACK_BYTES) + STACK_BYTES;
    return startHelper({ module, memory: memory.memory, stackTop, meeting, thread: i + 1 });
  });
  return (await Promise.all(started)).filter((helper) => helper !== null);
}

async function startHelper(start: HelperStart): Promise<Worker | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let helper: Worker | undefined;
  try {
    return await new Promise<Worker>((resolve, reject) => {
      const worker = new Worker(trustedScriptUrl(self.location.href), { type: 'module', name: HELPER_NAME });
      helper = worker;
      worker.onmessage = ({ data }: MessageEvent<unknown>) =>
        data === HELPER_READY ? resolve(worker) : reject(new Error("the worker's script does not call helpKernels"));
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(event.message));
      };
      timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
      worker.postMessage(start);
    });
  } catch {
    helper?.terminate();
    return null;
  } finally {
    clearTimeout(timer);
  }
}
