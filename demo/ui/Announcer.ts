/** Speaks to screen readers through one polite live region: only the latest message, and at most once every few seconds. */
export class Announcer {
  #last = '';
  #next = '';
  #freeAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly region: Element,
    private readonly pause = 2500,
  ) {}

  /** Says it once the last message has had its time; a newer message replaces one that is waiting. */
  say(message: string): void {
    if (message === (this.#timer === undefined ? this.#last : this.#next)) return;
    this.#next = message;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => this.#speak(), Math.max(0, this.#freeAt - performance.now()));
  }

  /** Says it at once, instead of the waiting message. */
  sayNow(message: string): void {
    clearTimeout(this.#timer);
    this.#next = message;
    this.#speak();
  }

  #speak(): void {
    this.#timer = undefined;
    this.#freeAt = performance.now() + this.pause;
    this.#last = this.#next;
    this.region.textContent = this.#next;
  }
}
