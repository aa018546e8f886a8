/** What is kept of attempts. */
export interface AttemptRecord {
  /** In a row. An attempt under way counts as one. */
  readonly failures: number;
  /** Milliseconds still to wait at `seenAt`. */
  readonly wait: number;
  /** The wall clock (ms since 1970) when the wait was last brought up to date. */
  readonly seenAt: number;
  /** The latest that the wall clock has ever said; absent in records of version 0.4. */
  readonly latest?: number;
  /** The browser's own clock at `seenAt`; absent in records of version 0.4. */
  readonly tick?: number;
  /** Names the attempt that was granted last, whose wait this is; absent before the first, and in records of version 0.4. */
  readonly grant?: string;
}

/**
 * Two clocks, in milliseconds: the wall clock, which goes on while no page is open and can be set, and the browser's own, which cannot.
 */
export interface Clocks {
  /** Since 1970. */
  readonly wall: number;
  /** Of pages of one process comparable with each other; of different processes only roughly. */
  readonly monotonic: number;
}

/** The clocks of one page for one count, however often the page opens it. */
export interface PageClock {
  readonly now: () => Clocks;
  /** When this page last brought the record up to date; null before its first look. */
  last: Clocks | null;
}

export const NO_ATTEMPTS: AttemptRecord = { failures: 0, wait: 0, seenAt: 0 };

/**
 * The record brought up to date. What has passed of the wait is the least that any clock says:
 * - the wall clock, since the last look of any page;
 * - the browser's clock, since then: it shows a wall clock that was set on while the browser was running;
 * - the page's own time since its last look. At a page's first look nothing is known of that; then only time beyond the latest that the
 *   wall clock has ever said counts. So a clock that was set back and on again takes nothing off.
 *
 * A clock that was set back takes nothing off either, and the wait goes on from there as long as a page is open.
 * @param last the clocks when this page last brought the record up to date; null at its first look
 */
export function bringUpToDate(record: AttemptRecord, now: Clocks, last: Clocks | null): AttemptRecord {
  const { seenAt, latest = seenAt, tick = -Infinity } = record;
  const ours = last ? now.monotonic - last.monotonic : now.wall - latest;
  const passed = Math.max(0, Math.min(now.wall - seenAt, now.monotonic - tick, ours));
  const wait = record.wait === 0 ? 0 : Math.max(0, record.wait - passed);
  const seen = { failures: record.failures, wait, seenAt: now.wall, latest: Math.max(latest, now.wall), tick: now.monotonic };
  return record.grant === undefined ? seen : { ...seen, grant: record.grant };
}
