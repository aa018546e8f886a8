import { visibleTimeout } from '../live/visibleTimeout.js';

/** Ends a call for whichever of several reasons comes first. Call `release` when the call is over, however it ended. */
export class EarlyEnd {
  readonly #ended: Promise<never>;
  readonly #cancels: (() => void)[] = [];
  #reject: (error: Error) => void = () => {};
  #reason: Error | null = null;

  constructor() {
    this.#ended = new Promise<never>((_, reject) => (this.#reject = reject));
    this.#ended.catch(() => undefined);
  }

  /** Ends the call now; only the first reason counts. */
  end(reason: Error): void {
    this.#reason ??= reason;
    this.#reject(this.#reason);
  }

  /** Ends the call when an event fires. */
  on(target: EventTarget, event: string, reason: () => Error): void {
    const listener = () => this.end(reason());
    target.addEventListener(event, listener, { once: true });
    this.onRelease(() => target.removeEventListener(event, listener));
  }

  /** Ends the call once the page has been visible for so long; returns a function that calls it off. */
  after(milliseconds: number, reason: () => Error): () => void {
    const cancel = visibleTimeout(() => this.end(reason()), milliseconds);
    this.onRelease(cancel);
    return cancel;
  }

  /** Settles like `promise`, or rejects with the reason as soon as there is one, even in the very tick in which the promise resolved. */
  async race<T>(promise: Promise<T>): Promise<T> {
    promise.catch(() => undefined); // it may lose the race
    const value = await Promise.race([promise, this.#ended]);
    this.throwIfEnded();
    return value;
  }

  throwIfEnded(): void {
    if (this.#reason) throw this.#reason;
  }

  onRelease(cancel: () => void): void {
    this.#cancels.push(cancel);
  }

  release(): void {
    for (const cancel of this.#cancels.splice(0)) cancel();
  }
}
