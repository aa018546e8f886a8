import { cluster } from '../../src/index.js';
import type { SortAnswer, SortRequest } from './sortWorker.js';

/** Sorts faces by person in a worker of its own: thousands of them take a while. */
export class FaceSorter {
  /** Started at once: later nothing is loaded any more. Null in browsers without workers, and where it failed: then the page sorts. */
  #worker =
    typeof Worker === 'undefined'
      ? null
      : new Worker(new URL('./sortWorker.ts', import.meta.url), { type: 'module', name: 'visavis-sort' });
  #id = 0;

  constructor() {
    this.#worker?.addEventListener('error', () => (this.#worker = null));
  }

  /** A label for each embedding; null where a later call has overtaken this one. */
  async sort(embeddings: readonly Float32Array[], threshold: number): Promise<Int32Array | null> {
    const id = ++this.#id;
    const worker = this.#worker;
    if (!worker) return cluster(embeddings, { threshold });
    const labels = await new Promise<Int32Array>((resolve, reject) => {
      const done = new AbortController();
      const { signal } = done;
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<SortAnswer>) => {
          if (data.id !== id) return;
          done.abort();
          resolve(data.labels);
        },
        { signal },
      );
      worker.addEventListener(
        'error',
        ({ message }) => {
          done.abort();
          reject(new Error(`The faces could not be sorted: ${message || 'the worker did not start'}.`));
        },
        { signal },
      );
      worker.postMessage({ id, embeddings, threshold } satisfies SortRequest);
    });
    return id === this.#id ? labels : null;
  }
}
