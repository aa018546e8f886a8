/** What tells the time to a capture, so that a test need not wait for it. */
export interface Clock {
  /** Milliseconds; never goes back. */
  readonly now: () => number;
  /** Calls back once after so many milliseconds; returns a function that calls it off. */
  readonly after: (milliseconds: number, callback: () => void) => () => void;
}

export const PAGE_CLOCK: Clock = {
  now: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};
