import { describe } from '../../shared/describe.js';
import { abortable } from '../../shared/abortable.js';
import { closeIterator } from '../../shared/closeIterator.js';
import type { Camera } from './Camera.js';
import { driedUp } from './cameraError.js';
import { FrameClock } from './FrameClock.js';
import type { ImageSource } from '../pictures/ImageSource.js';
import { withinVisibleTime } from '../live/withinVisibleTime.js';

/** A frame and when it was taken. */
export interface TimedSource {
  readonly source: ImageSource;
  /**
   * Milliseconds, by any clock that every later frame reads a later time from. Without one (a browser may leave out its `captureTime`) it counts as
   * taken when it arrives, and so do all after it.
   */
  readonly time?: number | undefined;
}

/**
 * A camera, or frames one after the other, with times or without. A time that is not finite, or no later than the one before, ends the
 * call with a TypeError.
 */
export type FrameSource = Camera | AsyncIterable<ImageSource | TimedSource>;

/** A frame whose time was checked. */
export interface TimedFrame {
  readonly source: ImageSource;
  readonly time: number;
}

/** By what it can do: a camera opened by a copy of this library in another window is as good. */
function isCamera(source: unknown): source is Camera {
  return (
    typeof source === 'object' &&
    source !== null &&
    !(Symbol.asyncIterator in source) &&
    typeof (source as Partial<Camera>).frames === 'function'
  );
}

/** Throws a TypeError for anything that gives no frames. */
export function assertFrameSource(source: unknown): asserts source is FrameSource {
  if (isCamera(source)) return;
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return;
  throw new TypeError(`expected a camera or an async iterable of frames, got ${describe(source)}`);
}

/**
 * The frames with their times. A wait for the next one ends with `aborted` when the signal fires, and with `camera-lost` once the page has
 * been visible for `patience()` milliseconds: a source that has dried up must not keep its caller waiting. Time in the background does not
 * count, since a hidden page gets no frames. Throws a TypeError for a time that is not finite, or no later than the
 * one before.
 */
export async function* timedFrames(
  source: FrameSource,
  { signal, patience }: { signal: AbortSignal | undefined; patience: () => number },
): AsyncGenerator<TimedFrame, void> {
  const iterator = (isCamera(source) ? source.frames({ signal }) : source)[Symbol.asyncIterator]();
  const clock = new FrameClock();
  try {
    for (;;) {
      const milliseconds = patience();
      const next = await withinVisibleTime(abortable(Promise.resolve(iterator.next()), signal), milliseconds, () => driedUp(milliseconds));
      if (next.done) return;
      const frame = next.value;
      const { source, time } = isTimed(frame) ? frame : { source: frame, time: undefined };
      yield { source, time: clock.read(time, performance.now()) };
    }
  } finally {
    closeIterator(iterator);
  }
}

/** No picture has a `source`. */
function isTimed(frame: ImageSource | TimedSource): frame is TimedSource {
  return typeof frame === 'object' && frame !== null && 'source' in frame;
}
