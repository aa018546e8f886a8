import { describe } from '../shared/describe.js';
import { abortable } from './abortable.js';
import { Camera } from './Camera.js';
import type { ImageSource } from './ImageSource.js';

/** A frame and when it was taken, milliseconds. */
export interface TimedSource {
  readonly source: ImageSource;
  readonly time: number;
}

/** A camera, or frames one after the other; those without a time are taken to be shown when they come. */
export type LivenessSource = Camera | AsyncIterable<ImageSource | TimedSource>;

/** Throws a TypeError for what gives no frames. */
export function assertLivenessSource(source: unknown): asserts source is LivenessSource {
  if (source instanceof Camera) return;
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return;
  throw new TypeError(`expected a camera or an async iterable of frames, got ${describe(source)}`);
}

/** The frames with their times; a wait for the next ends with `aborted` when the signal fires. */
export async function* timedFrames(source: LivenessSource, signal: AbortSignal | undefined): AsyncGenerator<TimedSource, void> {
  const iterator = (source instanceof Camera ? source.frames({ signal }) : source)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await abortable(iterator.next(), signal);
      if (next.done) return;
      const frame = next.value;
      yield 'time' in frame && 'source' in frame ? frame : { source: frame, time: performance.now() };
    }
  } finally {
    // Not awaited: a source that waits for its next frame would keep the abort waiting too.
    void iterator.return?.();
  }
}
