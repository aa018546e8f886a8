import { describe } from '../shared/describe.js';
import { VisavisError } from '../shared/VisavisError.js';
import { abortable } from './abortable.js';
import type { Camera } from './Camera.js';
import type { ImageSource } from './ImageSource.js';

/** A frame and when it was taken, milliseconds. */
export interface TimedSource {
  readonly source: ImageSource;
  readonly time: number;
}

/** A camera, or frames one after the other; those without a time are taken to be shown when they come. */
export type FrameSource = Camera | AsyncIterable<ImageSource | TimedSource>;

/** By what it can do: a camera opened by a copy of this library in another window is as good. */
function isCamera(source: unknown): source is Camera {
  return (
    typeof source === 'object' &&
    source !== null &&
    !(Symbol.asyncIterator in source) &&
    typeof (source as Partial<Camera>).frames === 'function'
  );
}

/** Throws a TypeError for what gives no frames. */
export function assertFrameSource(source: unknown): asserts source is FrameSource {
  if (isCamera(source)) return;
  if (typeof source === 'object' && source !== null && Symbol.asyncIterator in source) return;
  throw new TypeError(`expected a camera or an async iterable of frames, got ${describe(source)}`);
}

/**
 * The frames with their times. A wait for the next ends with `aborted` when the signal fires, and with `camera-lost` after `patience()`
 * milliseconds: a source that has stopped must not keep its caller waiting for ever.
 */
export async function* timedFrames(
  source: FrameSource,
  { signal, patience }: { signal: AbortSignal | undefined; patience: () => number },
): AsyncGenerator<TimedSource, void> {
  const iterator = (isCamera(source) ? source.frames({ signal }) : source)[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(patience(), abortable(iterator.next(), signal));
      if (next.done) return;
      const frame = next.value;
      yield 'time' in frame && 'source' in frame ? frame : { source: frame, time: performance.now() };
    }
  } finally {
    // Not awaited: a source that waits for its next frame would keep the caller waiting too.
    iterator.return?.().catch(() => undefined);
  }
}

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  promise.catch(() => undefined); // the race may have been decided by then
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(noFrames(milliseconds)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function noFrames(milliseconds: number): VisavisError {
  const advice = 'check that the camera works and keep this page in view, then try again.';
  return new VisavisError('camera-lost', `No picture came from the camera for ${Math.round(milliseconds / 1000)} s: ${advice}`);
}
