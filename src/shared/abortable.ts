import { VisavisError } from './VisavisError.js';

/** Throws `aborted` if the signal has already fired. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw aborted(signal);
}

/** Settles like `promise`, or rejects with `aborted` as soon as the signal fires. The listener is removed when the promise settles. */
export async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  promise.catch(() => undefined); // it may reject after the race has been decided
  throwIfAborted(signal);
  let onAbort = () => {};
  const abort = new Promise<never>((_, reject) => {
    onAbort = () => reject(aborted(signal));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, abort]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The error for a call whose signal has fired. */
export function aborted(signal: AbortSignal): VisavisError {
  return new VisavisError('aborted', 'The call was aborted by its signal.', { cause: signal.reason });
}
