import type { EmbedResult } from '../shared/captures.js';
import { abortable } from './abortable.js';
import type { ImageSource } from './ImageSource.js';

/** A picture, or what `verifier.embed` gave for one (which saves looking at it again). */
export type CaptureSource = ImageSource | EmbedResult;

/** One or several captures of one person; a stream of them, such as `camera.frames({ limit: 3 })`, is read to its end. */
export type Sources = Iterable<CaptureSource> | AsyncIterable<CaptureSource> | CaptureSource;

/** The sources one by one; a wait for the next ends with `aborted` when the signal fires. */
export async function* eachSource(sources: Sources, signal: AbortSignal | undefined): AsyncGenerator<CaptureSource, void> {
  if (!isIterable(sources)) {
    yield sources;
    return;
  }
  const iterator = Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  try {
    for (;;) {
      const next = await abortable(Promise.resolve(iterator.next()), signal);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    // Not awaited: a source that waits for its next frame would keep the abort waiting too.
    void iterator.return?.();
  }
}

function isIterable(sources: Sources): sources is Iterable<CaptureSource> | AsyncIterable<CaptureSource> {
  return typeof sources === 'object' && sources !== null && (Symbol.iterator in sources || Symbol.asyncIterator in sources);
}
