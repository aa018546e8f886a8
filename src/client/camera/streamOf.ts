import { isElement } from '../pictures/isElement.js';

/** Videos that frames were taken from, by a number each. */
const numbers = new WeakMap<object, number>();
let last = 0;

/** The stream of all other pictures that the caller says follow each other. */
const CALLERS_STREAM = 0;

/**
 * The number of the stream that a picture is the next frame of, so that its faces are followed rather than searched for; null for none.
 * @param track whether the caller says so; undefined: the frames of a video element follow each other, other pictures do not
 */
export function streamOf(source: object, track: boolean | undefined): number | null {
  const isVideo = isElement(source, 'HTMLVideoElement');
  if (!(track ?? isVideo)) return null;
  if (!isVideo) return CALLERS_STREAM;
  let number = numbers.get(source);
  if (number === undefined) numbers.set(source, (number = ++last));
  return number;
}
