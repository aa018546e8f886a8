import type { Sample } from '../../src/evaluation.js';
import { computeStatistics, type Measured, type Part } from './computeStatistics.js';
import { packSamples } from './packSamples.js';
import type { StatisticsAnswer, StatisticsRequest } from './statisticsWorker.js';

const NOTHING: Measured = { thresholds: [], cohort: null };

/** Compares all pictures with each other in a worker of its own, because thousands of pictures make millions of pairs. */
export class PairStatistics {
  /** Started right away, so that nothing has to be loaded later. Null in browsers without workers, and where it failed: then the page compares. */
  #worker =
    typeof Worker === 'undefined'
      ? null
      : new Worker(new URL('./statisticsWorker.ts', import.meta.url), { type: 'module', name: 'visavis-statistics' });
  #id = 0;

  constructor() {
    this.#worker?.addEventListener('error', () => (this.#worker = null));
  }

  /** Hands out one part after the other; throws the signal's reason when it fires, and what went wrong. */
  async compute(samples: readonly Sample[], measured: Measured, signal: AbortSignal, onPart: (part: Part) => void): Promise<void> {
    if (signal.aborted) throw signal.reason as Error;
    const worker = this.#worker;
    if (!worker) {
      for (const part of computeStatistics(samples, measured)) {
        onPart(part);
        await new Promise((resolve) => setTimeout(resolve));
        if (signal.aborted) throw signal.reason as Error;
      }
      return;
    }
    const id = ++this.#id;
    const packed = packSamples(samples);
    await new Promise<void>((resolve, reject) => {
      const over = new AbortController();
      const end = (settle: () => void) => {
        over.abort();
        settle();
      };
      const fail = (why: string) => end(() => reject(new Error(`The pictures couldn’t be compared: ${why}.`)));
      worker.addEventListener(
        'message',
        ({ data }: MessageEvent<StatisticsAnswer>) => {
          if (data.id !== id) return;
          const { part } = data;
          if (part.kind === 'end') end(resolve);
          else if (part.kind === 'failed') fail(part.message.replace(/\.$/, ''));
          else onPart(part);
        },
        { signal: over.signal },
      );
      worker.addEventListener('error', ({ message }) => fail(message || 'the worker did not start'), { signal: over.signal });
      signal.addEventListener(
        'abort',
        () => {
          worker.postMessage({ id: ++this.#id, samples: null, measured: NOTHING } satisfies StatisticsRequest);
          end(() => reject(signal.reason as Error));
        },
        { signal: over.signal },
      );
      worker.postMessage({ id, samples: packed, measured } satisfies StatisticsRequest, [packed.embeddings.buffer]);
    });
  }
}
