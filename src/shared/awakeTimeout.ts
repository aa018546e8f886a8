/** A limit is counted in so many parts. */
const PARTS = 4;
/** A part that took this many times as long as it should was none: the machine slept, or the process stood still. */
const LATE = 2;
/** How many of those are left out. Where timers are always late, as in a page that is long hidden, the time is over all the same. */
const MOST_LATE = 8;

/**
 * Calls back once so much time has passed in which the page ran, milliseconds; returns a function that calls it off. Time in which the machine
 * slept, the process was stopped or the thread was blocked does not count: what is waited for could not come either, and may be the next thing
 * that does.
 */
export function awakeTimeout(callback: () => void, milliseconds: number): () => void {
  const part = milliseconds / PARTS;
  let [left, forgiven] = [PARTS, MOST_LATE];
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const began = performance.now();
    timer = setTimeout(() => {
      if (performance.now() - began > LATE * part && forgiven > 0) forgiven--;
      else left--;
      if (left > 0) wait();
      else callback();
    }, part);
  };
  wait();
  return () => clearTimeout(timer);
}
