import { awakeTimeout } from '../shared/awakeTimeout.js';

/**
 * Does something while it has a lock, which engines of this origin share. Rejects with what that fails with; also where its turn does not come
 * in so many milliseconds, and where there are no locks: then nothing has been done.
 */
export async function withLock(name: string, patience: number, task: () => void | Promise<void>): Promise<void> {
  const waiting = new AbortController();
  const cancel = awakeTimeout(() => waiting.abort(), patience);
  const begin = () => {
    cancel();
    return task();
  };
  try {
    await navigator.locks.request(name, { signal: waiting.signal }, begin);
  } finally {
    cancel();
  }
}
