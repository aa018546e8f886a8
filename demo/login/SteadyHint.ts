import type { Hint } from './hints.js';

/** Changes the hint only after another one has persisted, so that it doesn't flicker. */
export class SteadyHint {
  #shown: Hint | null = null;
  #candidate: Hint | null = null;
  #since = 0;

  constructor(private readonly hold = 400) {}

  /** Takes a frame's hint and returns the one to show. */
  offer(hint: Hint, now: number): Hint {
    if (hint === this.#shown || this.#shown === null) {
      this.#shown = hint;
      this.#candidate = null;
    } else if (hint !== this.#candidate) {
      this.#candidate = hint;
      this.#since = now;
    } else if (now - this.#since >= this.hold) {
      this.#shown = hint;
      this.#candidate = null;
    }
    return this.#shown;
  }

  reset(): void {
    this.#shown = this.#candidate = null;
  }
}
