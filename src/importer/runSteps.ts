import { throwIfAborted } from '../shared/abortable.js';

/**
 * After so long whatever else waits gets its turn at the next step. A step is a whole layer or tensor, and of a large network may take seconds:
 * pages import in a worker.
 */
const SLICE_MS = 30;

/**
 * Runs a computation step by step; in between, every now and then, whatever else waits gets its turn.
 * @param onStep told how far it is, 0 … 1
 * @throws VisavisError `aborted`
 */
export async function runSteps<T>(
  steps: Generator<number, T, void>,
  { onStep, signal }: { readonly onStep?: (done: number) => void; readonly signal?: AbortSignal } = {},
): Promise<T> {
  let since = Date.now();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (Date.now() - since < SLICE_MS) continue;
    onStep?.(step.value);
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
    since = Date.now();
  }
}
