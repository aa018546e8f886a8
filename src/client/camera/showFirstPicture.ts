import { cameraLost, playError, videoReplaced } from './cameraError.js';
import type { EarlyEnd } from '../bridge/EarlyEnd.js';
import { keepPlaying } from './keepPlaying.js';

const PICTURE_EVENTS = ['playing', 'loadeddata', 'resize', 'timeupdate'] as const;

/**
 * Plays the stream in the element, muted and inline, until its first picture is there. Ends `early` with `camera-lost` where the camera
 * ends or cannot be played, and with `aborted` where the element is given another source.
 * @param onRefused the browser refused to play, and will be asked again at the person's next gesture
 */
export async function showFirstPicture(
  video: HTMLVideoElement,
  stream: MediaStream,
  early: EarlyEnd,
  onRefused: (cause: unknown) => void,
): Promise<void> {
  for (const track of stream.getVideoTracks()) {
    if (track.readyState === 'ended') early.end(cameraLost()); // it fires no event any more
    early.on(track, 'ended', cameraLost);
  }
  early.throwIfEnded();
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const onEmptied = () => {
    if (video.srcObject !== stream) early.end(videoReplaced());
  };
  video.addEventListener('emptied', onEmptied);
  early.onRelease(() => video.removeEventListener('emptied', onEmptied));
  early.onRelease(
    keepPlaying(video, stream, (cause) => {
      const error = playError(cause);
      if (error) early.end(error);
      else onRefused(cause);
    }),
  );
  await early.race(
    new Promise<void>((resolve) => {
      const look = () => {
        if (!video.paused && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0) resolve();
      };
      for (const event of PICTURE_EVENTS) {
        video.addEventListener(event, look);
        early.onRelease(() => video.removeEventListener(event, look));
      }
      look();
    }),
  );
}
