import { awakeTimeout } from '../../shared/awakeTimeout.js';
import { trustedScriptUrl } from '../../shared/trustedScriptUrl.js';
import type { KernelMemory } from './KernelMemory.js';
import { inTurn } from './inTurn.js';
import { HELPER_NAME, HELPER_READY, type HelperStart } from './helpKernels.js';

const STACK_BYTES = 16_384;
/** Four helpers on two busy processors, beside the thread that prepares networks, take a while. */
const PATIENCE_MS = 10_000;
/** As long as this all are waited for; then those that are there have to do. */
const ALL_MS = 4000;

/** What helpers share. */
export interface Shared {
  readonly module: WebAssembly.Module;
  readonly memory: KernelMemory;
  readonly meeting: number;
}

/**
 * Starts workers that lend their processor to the kernels: this worker's own script, under another name. Those that do not answer are left
 * out.
 * @param compiling what they are given as soon as their scripts, which start at once, run
 * @throws Error that says why when none does, as where a browser or a policy forbids workers inside workers
 */
export async function startHelpers(count: number, compiling: Promise<Shared>): Promise<Worker[]> {
  const enough = new AbortController();
  let [isLate, answered] = [false, false];
  const look = () => {
    if (isLate && answered) enough.abort();
  };
  const starting = Array.from({ length: count }, async (_, i) => {
    const outcome = await startHelper(
      compiling.then(({ module, memory, meeting }) => {
        const stackTop = memory.allocate(STACK_BYTES) + STACK_BYTES;
        return { module, memory: memory.memory, stackTop, meeting, thread: i + 1 };
      }),
      enough.signal,
    );
    answered ||= typeof outcome !== 'string';
    look();
    return outcome;
  });
  let callOff = () => {};
  void compiling.then(
    () => {
      callOff = awakeTimeout(() => {
        isLate = true;
        look();
      }, ALL_MS);
    },
    () => undefined,
  );
  const outcomes = await Promise.all(starting).finally(() => callOff());
  const helpers = outcomes.filter((outcome) => typeof outcome !== 'string');
  const reasons = outcomes.filter((outcome) => typeof outcome === 'string');
  if (helpers.length === 0) throw new Error(`no second thread started: ${reasons[0]}`);
  return helpers;
}

/** The helper, or why there is none. @param enough fires when it is not waited for any more */
async function startHelper(starting: Promise<HelperStart>, enough: AbortSignal): Promise<Worker | string> {
  let cancel = () => {};
  let helper: Worker | undefined;
  /** Its turn may come when it is not wanted any more. */
  let isOver = false;
  try {
    return await new Promise<Worker>((resolve, reject) => {
      const create = () => {
        if (isOver) return;
        const worker = new Worker(trustedScriptUrl(self.location.href), { type: 'module', name: HELPER_NAME });
        helper = worker;
        worker.onmessage = ({ data }: MessageEvent<unknown>) =>
          data === HELPER_READY ? resolve(worker) : reject(new Error("the worker's script does not call helpKernels"));
        worker.onerror = (event) => {
          event.preventDefault();
          reject(new Error(event.message || 'the script of its worker could not be loaded'));
        };
      };
      enough.addEventListener('abort', () => reject(new Error('the others are enough')));
      Promise.all([starting, inTurn(create)]).then(([start]) => {
        if (isOver) return;
        cancel = awakeTimeout(() => reject(new Error(`its worker did not answer within ${PATIENCE_MS / 1000} s`)), PATIENCE_MS);
        helper!.postMessage(start);
      }, reject);
    });
  } catch (error) {
    isOver = true;
    helper?.terminate();
    return error instanceof Error ? error.message : String(error);
  } finally {
    cancel();
  }
}
