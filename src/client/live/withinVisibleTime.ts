import { visibleTimeout } from './visibleTimeout.js';

/** Settles like `promise`, or rejects with `late()` once the page has been visible for `milliseconds`. */
export async function withinVisibleTime<T>(promise: Promise<T>, milliseconds: number, late: () => Error): Promise<T> {
  promise.catch(() => undefined); // it may lose the race
  let cancel = () => {};
  const limit = new Promise<never>((_, reject) => {
    cancel = visibleTimeout(() => reject(late()), milliseconds);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    cancel();
  }
}
