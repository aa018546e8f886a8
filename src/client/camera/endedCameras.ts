import type { VisavisError } from '../../shared/VisavisError.js';

/** Why the last camera of a video element is over; makes the error. */
const ends = new WeakMap<HTMLVideoElement, () => VisavisError>();

/** Remembers why the element shows no camera any more; null: it shows one again. */
export function rememberEnd(video: HTMLVideoElement, error: (() => VisavisError) | null): void {
  if (error) ends.set(video, error);
  else ends.delete(video);
}

/** The error for a call that finds the element empty because its camera is over; null where that is not the reason. */
export function endOfCamera(video: HTMLVideoElement): VisavisError | null {
  return video.hasAttribute('src') ? null : (ends.get(video)?.() ?? null);
}
