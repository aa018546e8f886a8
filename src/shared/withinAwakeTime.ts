import { awakeTimeout } from './awakeTimeout.js';

/**
 * What a promise gives; or what `late` gives or throws, where so much time has passed in which the page ran (`awakeTimeout`), milliseconds. What
 * becomes of the promise after that is of no interest, also where it rejects.
 */
export async function withinAwakeTime<T, Late>(promise: T | Promise<T>, milliseconds: number, late: () => Late): Promise<T | Late> {
  let cancel = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = awakeTimeout(resolve, milliseconds);
  });
  try {
    return await Promise.race([promise, over.then(late)]);
  } finally {
    cancel();
  }
}
