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
    const labels = this.#worker && (await ask(this.#worker, { id, embeddings, threshold }));
    if (id !== this.#id) return null;
    return labels ?? cluster(embeddings, { threshold });
  }
}

/** What the worker answers; null where it fails. */
function ask(worker: Worker, request: SortRequest): Promise<Int32Array | null> {
  return new Promise((resolve) => {
    const done = new AbortController();
    const { signal } = done;
    const end = (labels: Int32Array | null) => {
      done.abort();
      resolve(labels);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<SortAnswer>) => data.id === request.id && end(data.labels), { signal });
    worker.addEventListener('error', () => end(null), { signal });
    worker.postMessage(request);
  });
}
