const TICK = 250;

/** Ends a task after some time. Time during which the page is hidden doesn't count. */
export class Countdown {
  #left: number;
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(milliseconds: number, onEnd: () => void) {
    this.#left = milliseconds;
    this.#timer = setInterval(() => {
      if (!document.hidden) this.#left -= TICK;
      if (this.#left > 0) return;
      this.stop();
      onEnd();
    }, TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
