import { closeIterator } from '../../shared/closeIterator.js';
import type { FrameSource } from '../camera/timedFrames.js';

/** Frames that two ceremonies read one after the other: the end of the first does not end them. Cameras are read anew each time anyway. */
export function keptOpen(source: FrameSource): { source: FrameSource; close: () => void } {
  if (!(Symbol.asyncIterator in source)) return { source, close: () => {} };
  const iterator = source[Symbol.asyncIterator]();
  return {
    source: { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) },
    close: () => closeIterator(iterator),
  };
}
