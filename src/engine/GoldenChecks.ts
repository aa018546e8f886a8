import { VisavisError } from '../shared/VisavisError.js';
import type { OpenBackend } from './backend/openBackend.js';
import type { Graph } from './GraphRuntime.js';
import { beginCheck } from './models/checkGolden.js';
import type { Model } from './models/loadModel.js';

/** A network that is loaded. Of one that rounding takes too far from its golden outputs, another takes its place. */
export interface Part {
  readonly manifest: Model['manifest'];
  readonly outputs: readonly string[];
  readonly graph: Graph;
  /** Puts another graph in place that rounds less; false where this one rounds nothing. */
  refine(): boolean;
}

/**
 * Runs networks on their golden pictures, one at a time, in the order in which they were loaded: on the helpers, as soon as there are some, while this thread
 * prepares the next network or waits for it; where nobody helps, at once.
 */
export class GoldenChecks {
  readonly #waiting: Part[] = [];
  /** Ends the check under way. */
  #end: (() => Promise<void>) | null = null;
  #hasThreads = false;
  readonly #threads: Promise<unknown>;

  constructor(private readonly open: Pick<OpenBackend, 'backend' | 'threads'>) {
    this.#threads = Promise.resolve(open.threads);
    this.#threads.then(
      () => {
        this.#hasThreads = true;
        this.#begin();
      },
      () => undefined,
    );
  }

  /**
   * What is awaited.
   * @throws what the threads do not start with, as soon as that is known
   */
  unlessStuck<T>(awaited: T | Promise<T>): Promise<T> {
    return Promise.race([awaited, this.#threads.then(() => awaited)]);
  }

  /** @throws what a check before it ends with: see `beginCheck` */
  async add(part: Part): Promise<void> {
    this.#waiting.push(part);
    const isAlone = !part.graph.begin;
    if (isAlone) await this.#threads;
    if (!this.#hasThreads) return;
    await this.#next();
    while (isAlone && this.#end) await this.#next();
  }

  /** Until all are checked. @throws as `add`, and what the threads do not start with */
  async finish(): Promise<void> {
    await this.#threads;
    while (this.#end || this.#waiting.length > 0) await this.#next();
  }

  async #next(): Promise<void> {
    const end = this.#end;
    this.#end = null;
    await end?.();
    this.#begin();
  }

  #begin(): void {
    const part = this.#waiting.shift();
    if (!part) return;
    try {
      this.#end = this.#check(part);
    } catch (error) {
      // Told by whoever waits for it: nobody waits for threads here.
      const told = error instanceof Error ? error : new Error(String(error));
      this.#end = () => Promise.reject(told);
    }
  }

  #check(part: Part): () => Promise<void> {
    const end = beginCheck(part.graph, part.manifest, part.outputs, this.open.backend);
    return async () => {
      try {
        await end();
      } catch (error) {
        const isWrong = error instanceof VisavisError && error.code === 'backend-unavailable';
        if (!isWrong || !part.refine()) throw error;
        await this.#check(part)();
      }
    };
  }
}
