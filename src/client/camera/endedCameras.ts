import type { VisavisError } from '../../shared/VisavisError.js';

interface End {
  /** What the camera played. */
  readonly stream: MediaStream;
  readonly error: () => VisavisError;
}

/** Why the last camera of a video element is over. */
const ends = new WeakMap<HTMLVideoElement, End>();

/** Remembers why the element shows no camera any more; null: it shows one again. */
export function rememberEnd(video: HTMLVideoElement, end: End | null): void {
  if (end) ends.set(video, end);
  else ends.delete(video);
}

/**
 * The error for a call that is given the element of a camera that is over: an empty one, or one with the last picture, which stays there when a
 * camera is lost. Null where that is not so, as where the page plays something else by now.
 */
export function endOfCamera(video: HTMLVideoElement): VisavisError | null {
  const end = ends.get(video);
  const { srcObject } = video;
  const showsOther = video.hasAttribute('src') || (srcObject ? srcObject !== end?.stream : video.videoWidth > 0);
  return end && !showsOther ? end.error() : null;
}
