/** From one message to the next, milliseconds: time to hear it out. */
const PAUSE = 2500;

/** Says to screen readers, at a pace that they can read: only the latest message, and not the same one twice in a row. */
export class Announcer {
  readonly #show: (text: string) => void;
  #last = '';
  #next = '';
  #freeAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param show puts a text into the polite live region */
  constructor(show: (text: string) => void) {
    this.#show = show;
  }

  /** Says it once the last message has had its time; a newer message replaces one that waits. */
  say(message: string): void {
    if (message === (this.#timer === undefined ? this.#last : this.#next)) return;
    this.#next = message;
    this.#timer ??= setTimeout(() => this.#speak(), Math.max(0, this.#freeAt - performance.now()));
  }

  /** Says it at once, instead of one that waits. */
  sayNow(message: string): void {
    this.#next = message;
    this.#speak();
  }

  /** Nothing more is said, and anything may be said anew. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#last = this.#next = '';
    this.#freeAt = 0;
  }

  #speak(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#freeAt = performance.now() + PAUSE;
    this.#last = this.#next;
    this.#show(this.#next);
  }
}
