/** Holds the page's state; views read it and are told when it changes. Several changes of one task are drawn once. */
export class Store<S extends object> {
  #state: S;
  #drawing = false;
  readonly #listeners = new Set<(state: S) => void>();

  constructor(initial: S) {
    this.#state = initial;
  }

  get state(): Readonly<S> {
    return this.#state;
  }

  set(patch: Partial<S>): void {
    this.#state = { ...this.#state, ...patch };
    if (this.#drawing) return;
    this.#drawing = true;
    queueMicrotask(() => {
      this.#drawing = false;
      for (const listener of [...this.#listeners]) listener(this.#state);
    });
  }

  /** Calls the listener now and after every change; returns what ends that. */
  subscribe(listener: (state: S) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#state);
    return () => this.#listeners.delete(listener);
  }

  /** Resolves once the state fulfills the condition; rejects with the signal's reason when it fires first. */
  until(condition: (state: S) => boolean, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      if (condition(this.#state)) {
        resolve();
        return;
      }
      const listener = (state: S) => {
        if (!condition(state)) return;
        end();
        resolve();
      };
      const onAbort = () => {
        end();
        reject(signal!.reason as Error);
      };
      const end = () => {
        this.#listeners.delete(listener);
        signal?.removeEventListener('abort', onAbort);
      };
      this.#listeners.add(listener);
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }
}
