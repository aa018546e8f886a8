import type { EmbedResult } from '../../shared/captures.js';
import { abortable } from '../../shared/abortable.js';
import { closeIterator } from '../../shared/closeIterator.js';
import { driedUp } from '../camera/cameraError.js';
import type { ImageSource } from './ImageSource.js';
import { withinVisibleTime } from '../live/withinVisibleTime.js';

/** A picture, or what `verifier.embed` gave for one (which saves looking at it again). */
export type CaptureSource = ImageSource | EmbedResult;

/**
 * One or several captures of one person. A stream of them, such as `camera.frames({ limit: 3 })`, is read to its end; one that gives
 * nothing for a minute in which the page is visible ends the call with `camera-lost`.
 */
export type Sources = Iterable<CaptureSource> | AsyncIterable<CaptureSource> | CaptureSource;

/** One or several pictures of one person, not looked at yet. */
export type Pictures = Iterable<ImageSource> | AsyncIterable<ImageSource> | ImageSource;

/**
 * How long to wait for one source of a stream, milliseconds. Cameras have shorter limits of their own; a person may pick pictures one by
 * one.
 */
const PATIENCE = 60_000;

/** The sources one by one. A wait for the next one ends with `aborted` when the signal fires, and with `camera-lost` after a minute. */
export async function* eachSource<S extends CaptureSource>(
  sources: Iterable<S> | AsyncIterable<S> | S,
  signal: AbortSignal | undefined,
): AsyncGenerator<S, void> {
  if (!isIterable(sources)) {
    yield sources;
    return;
  }
  const iterator = Symbol.asyncIterator in sources ? sources[Symbol.asyncIterator]() : sources[Symbol.iterator]();
  try {
    for (;;) {
      const coming = abortable(Promise.resolve(iterator.next()), signal);
      const next = await withinVisibleTime(coming, PATIENCE, () => driedUp(PATIENCE));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    closeIterator(iterator);
  }
}

function isIterable<S>(sources: Iterable<S> | AsyncIterable<S> | S): sources is Iterable<S> | AsyncIterable<S> {
  return typeof sources === 'object' && sources !== null && (Symbol.iterator in sources || Symbol.asyncIterator in sources);
}
