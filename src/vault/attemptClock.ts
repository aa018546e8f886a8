/** What is kept of attempts. */
export interface AttemptRecord {
  /** In a row. An attempt under way counts as one. */
  readonly failures: number;
  /** Milliseconds still to wait at `seenAt`. */
  readonly wait: number;
  /** The wall clock (ms since 1970) when the wait was last brought up to date. */
  readonly seenAt: number;
}

/**
 * Two clocks: the wall clock, which goes on while no page is open and can be set, and the page's own, which cannot but ends with the page.
 */
export interface Clocks {
  readonly wall: number;
  readonly monotonic: number;
}

export const NO_ATTEMPTS: AttemptRecord = { failures: 0, wait: 0, seenAt: 0 };

/**
 * The record brought up to date. As much of the wait is over as the wall clock went on since, but never more than the page's own clock went
 * on since this page last looked: setting the clock on does not help while the page is open. A clock that was set back takes nothing off,
 * and the wait goes on from there.
 * @param last the clocks when this page last brought the record up to date; null at its first look
 */
export function bringUpToDate(record: AttemptRecord, now: Clocks, last: Clocks | null): AttemptRecord {
  if (record.wait === 0) return { ...record, seenAt: now.wall };
  const passed = Math.max(0, now.wall - record.seenAt);
  const ours = last ? Math.max(0, now.monotonic - last.monotonic) : Infinity;
  return { ...record, wait: Math.max(0, record.wait - Math.min(passed, ours)), seenAt: now.wall };
}
