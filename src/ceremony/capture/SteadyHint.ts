/** How long another hint has to last before it is shown, and one that is shown stays at least, milliseconds: time to read it. */
const SETTLE = 400;
const STAY = 1200;

/**
 * The hint to show: one that lasts, so that a text does not flicker. None is shown at first; with a new prompt the old hint goes at once,
 * because it is about something else. Pure: it knows the times it is given, in milliseconds.
 */
export class SteadyHint<Hint extends string> {
  #shown: Hint | null = null;
  #shownAt = -Infinity;
  #candidate: Hint | null = null;
  #since = 0;

  /** Takes what a frame says and returns what to show. */
  offer(hint: Hint | null, now: number): Hint | null {
    if (hint !== this.#candidate) {
      this.#candidate = hint;
      this.#since = now;
    }
    const settled = now - this.#since >= SETTLE && now - this.#shownAt >= STAY;
    if (hint !== this.#shown && settled) {
      this.#shown = hint;
      this.#shownAt = hint === null ? -Infinity : now;
    }
    return this.#shown;
  }

  /** A new prompt is told: its time to settle starts `now`. */
  reset(now: number): void {
    this.#shown = this.#candidate = null;
    this.#shownAt = -Infinity;
    this.#since = now;
  }
}
