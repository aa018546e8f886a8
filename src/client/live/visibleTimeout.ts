/** How finely the clock counts, milliseconds. */
const TICK = 250;

/**
 * Calls back once the page has been visible for `milliseconds`; returns a function that calls it off. Time in the background does not
 * count, because a hidden page gets no frames. Nor does the time in which the computer sleeps or the main thread is blocked: ticks are
 * counted, and the clock is not read.
 */
export function visibleTimeout(callback: () => void, milliseconds: number): () => void {
  const tick = Math.min(TICK, milliseconds);
  let remaining = milliseconds;
  const timer = setInterval(() => {
    if (typeof document !== 'undefined' && document.hidden) return;
    remaining -= tick;
    if (remaining > 0) return;
    clearInterval(timer);
    callback();
  }, tick);
  return () => clearInterval(timer);
}
