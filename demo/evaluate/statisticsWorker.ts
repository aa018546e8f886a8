import { computeStatistics, type Measured, type Part } from './computeStatistics.js';
import { unpackSamples, type PackedSamples } from './packSamples.js';

export interface StatisticsRequest {
  readonly id: number;
  /** Null cancels what is in progress. */
  readonly samples: PackedSamples | null;
  readonly measured: Measured;
}

export interface StatisticsAnswer {
  readonly id: number;
  readonly part: Part | { readonly kind: 'end' } | { readonly kind: 'failed'; readonly message: string };
}

let latest = 0;

addEventListener('message', ({ data }: MessageEvent<StatisticsRequest>) => {
  latest = data.id;
  void answer(data);
});

async function answer({ id, samples, measured }: StatisticsRequest): Promise<void> {
  if (!samples) return;
  const say = (part: StatisticsAnswer['part']) => postMessage({ id, part } satisfies StatisticsAnswer);
  try {
    for (const part of computeStatistics(unpackSamples(samples), measured)) {
      say(part);
      // Lets a newer request in.
      await new Promise((resolve) => setTimeout(resolve));
      if (id !== latest) return;
    }
    say({ kind: 'end' });
  } catch (error) {
    say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}
