import type { VisavisError } from '../../shared/VisavisError.js';
import { streamEnded } from './cameraError.js';

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
 * stream has ended, whoever opened it. The tracks tell: they fire nothing where the page itself stops them. Null where that is not so, as where
 * the page plays something else by now.
 */
export function endOfCamera(video: HTMLVideoElement): VisavisError | null {
  const end = ends.get(video);
  const { srcObject } = video;
  if (!srcObject) return end && !video.hasAttribute('src') && video.videoWidth === 0 ? end.error() : null;
  const tracks = 'getVideoTracks' in srcObject ? srcObject.getVideoTracks() : [];
  if (tracks.some(({ readyState }) => readyState === 'live')) return null;
  if (srcObject === end?.stream) return end.error();
  return tracks.length > 0 ? streamEnded() : null;
}
