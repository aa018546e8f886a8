import { describe } from '../../shared/describe.js';

/**
 * Tells when the frames of one source were taken, in milliseconds: always finite, never going back. Frames come with times of their own,
 * or are timed as they arrive. From the first frame without a time on, all are: browsers that leave out a capture time do so for some
 * frames of a stream, and two clocks would not fit together.
 */
export class FrameClock {
  #last: { readonly time: number; readonly arrived: number } | null = null;
  #timed = true;

  /**
   * @param given the frame's own time; undefined or null: it has none
   * @param arrived when it arrived, by the page's clock
   * @throws TypeError for a time that is no finite number, or no later than the one before
   */
  read(given: unknown, arrived: number): number {
    const last = this.#last;
    this.#timed &&= given !== undefined && given !== null;
    const time = this.#timed ? checked(given, last?.time) : last ? last.time + Math.max(0, arrived - last.arrived) : arrived;
    this.#last = { time, arrived };
    return time;
  }
}

function checked(time: unknown, before: number | undefined): number {
  const wanted = 'expected the time of a frame to be a finite number of milliseconds';
  if (typeof time !== 'number' || !Number.isFinite(time)) throw new TypeError(`${wanted}, got ${describe(time)}`);
  if (before !== undefined && time <= before) throw new TypeError(`${wanted} after the ${before} of the frame before, got ${time}`);
  return time;
}
