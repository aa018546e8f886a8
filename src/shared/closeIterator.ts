/**
 * Tells an iterator that nobody reads on. Not awaited: one that is waiting for its next value would make the caller wait too. What it answers, or fails
 * with, is nobody's concern any more; one written by hand may answer at once.
 */
export function closeIterator(iterator: { return?(): unknown }): void {
  try {
    void Promise.resolve(iterator.return?.()).catch(() => undefined);
  } catch {
    // It is left alone all the same.
  }
}
