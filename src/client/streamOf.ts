/** Videos that frames were taken from, by a number each. */
const numbers = new WeakMap<object, number>();
let last = 0;

/** For pictures of other kinds that the caller says follow each other. */
const CALLERS_STREAM = 0;

/**
 * Which stream a picture is the next frame of, so that its faces are followed rather than searched for; null for none.
 * @param track the caller's word; without it the frames of a video element follow each other, and nothing else
 */
export function streamOf(source: object, track: boolean | undefined): number | null {
  const isVideo = typeof HTMLVideoElement !== 'undefined' && source instanceof HTMLVideoElement;
  if (!(track ?? isVideo)) return null;
  if (!isVideo) return CALLERS_STREAM;
  let number = numbers.get(source);
  if (number === undefined) numbers.set(source, (number = ++last));
  return number;
}
