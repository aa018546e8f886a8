import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { describe } from '../../shared/describe.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { aborted } from '../../shared/abortable.js';
import { assertTimeLimit } from '../live/assertTimeLimit.js';
import { Camera } from './Camera.js';
import { cameraError, noPicture, videoTaken } from './cameraError.js';
import { cameraSurroundings } from './cameraSurroundings.js';
import { claimVideo } from './claimVideo.js';
import { EarlyEnd } from '../bridge/EarlyEnd.js';
import { isElement } from '../pictures/isElement.js';
import { onCameraGranted } from './onCameraGranted.js';
import { showFirstPicture } from './showFirstPicture.js';

export interface CameraOptions {
  /** A wish, not a demand, since most computers do not know which way their camera faces. Default `user`: towards the person. */
  facingMode?: 'user' | 'environment';
  /**
   * One particular camera, by `MediaDeviceInfo.deviceId`: that one or `camera-missing`, never another. An empty string, which is what
   * browsers list before they have the permission, counts as none.
   */
  deviceId?: string;
  /** The size of a frame to ask for, pixels, each 1 … 32768; default 640 × 480, which is ample for one face. */
  width?: number;
  height?: number;
  /** Plays the stream in this element instead of a new one. A camera that already plays there is stopped first. */
  video?: HTMLVideoElement;
  /**
   * How long to wait for the first picture once the browser has handed over the camera, milliseconds, 1000 … 60000; default 10000. The
   * person may take any time to answer the browser's question, and time in the background does not count.
   */
  timeLimit?: number;
  /** Ends the opening. A camera that is open is turned off by its `stop`. */
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<CameraOptions> = {
  ...{ facingMode: true, deviceId: true, width: true, height: true },
  ...{ video: true, timeLimit: true, signal: true },
};
/** The largest side of a frame that can be asked for, pixels: more than any camera has. */
const LARGEST_SIDE = 32_768;
/** Until the first picture, milliseconds. */
const TIME_LIMIT = 10_000;
/** Until the stream where the page already has the permission, milliseconds: the operating system may still ask a question of its own. */
const GRANTED_LIMIT = 60_000;

/**
 * Asks for the camera and resolves once its first picture is there. Whatever goes wrong, no camera stays on: a stream that comes too late
 * is stopped. Throws
 * - `camera-denied`: the person, the browser, the operating system or the surrounding page does not allow it;
 * - `camera-missing`: there is none, or not the chosen one, or pages like this get none (not served over HTTPS);
 * - `camera-busy`: it does not start, or gives no picture within the time limit;
 * - `camera-lost`: it was taken away meanwhile, or the browser does not let its picture play;
 * - `aborted`: the signal fired, or another `openCamera` took over the video element.
 */
export async function openCamera(options: CameraOptions = {}): Promise<Camera> {
  assertCameraOptions(options);
  if (typeof document === 'undefined') {
    const advice = 'call it in the page, not in a worker and not in Node.';
    throw new VisavisError('camera-missing', `openCamera runs in a page, where cameras are: ${advice}`);
  }
  const { signal, timeLimit = TIME_LIMIT, video = document.createElement('video') } = options;
  const early = new EarlyEnd();
  if (signal?.aborted) throw aborted(signal);
  const userMedia = mediaDevices();
  const taken = claimVideo(video);
  let stream: MediaStream | null = null;
  try {
    if (signal) early.on(signal, 'abort', () => aborted(signal));
    early.on(taken, 'abort', videoTaken);
    stream = await requestStream(userMedia, options, early);
    let refusal: unknown;
    const silence = (muted: boolean) => noPicture({ milliseconds: timeLimit, paused: video.paused, refusal, muted }, { starting: true });
    const [track] = stream.getVideoTracks();
    early.after(timeLimit, () => silence(track?.muted ?? false));
    await showFirstPicture(video, stream, early, (cause) => (refusal = cause));
    early.throwIfEnded();
    return new Camera(FACTORY, video, stream, taken);
  } catch (error) {
    stream?.getTracks().forEach((track) => track.stop());
    if (stream && video.srcObject === stream) video.srcObject = null;
    throw error;
  } finally {
    early.release();
  }
}

/** Throws a TypeError or RangeError for wrong options. */
export function assertCameraOptions(options: CameraOptions): void {
  assertOptions(options, OPTIONS, 'openCamera');
  const { facingMode, deviceId, width, height, video, timeLimit } = options;
  if (facingMode !== undefined && facingMode !== 'user' && facingMode !== 'environment') {
    throw new RangeError(`expected facingMode 'user' or 'environment', got ${describe(facingMode)}`);
  }
  if (deviceId !== undefined && typeof deviceId !== 'string') {
    throw new TypeError(`expected deviceId to be a string, got ${describe(deviceId)}`);
  }
  for (const [name, pixels] of Object.entries({ width, height })) {
    // Browsers take anything else for 0 and give the smallest picture that the camera has.
    if (pixels === undefined || (typeof pixels === 'number' && pixels >= 1 && pixels <= LARGEST_SIDE)) continue;
    throw new RangeError(`expected ${name} to be 1 to ${LARGEST_SIDE} pixels, got ${describe(pixels)}`);
  }
  if (video !== undefined && !isElement(video, 'HTMLVideoElement')) {
    throw new TypeError(`expected video to be a video element, got ${describe(video)}`);
  }
  if (timeLimit !== undefined) assertTimeLimit(timeLimit);
}

function mediaDevices(): MediaDevices {
  // Not there without HTTPS, and in some web views.
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (typeof media?.getUserMedia === 'function') return media;
  const message = window.isSecureContext
    ? 'This browser gives pages no camera: open the page in another one (an app that shows it may have to allow it).'
    : 'This page cannot use a camera: it must be served over HTTPS (or from localhost).';
  throw new VisavisError('camera-missing', message);
}

async function requestStream(media: MediaDevices, options: CameraOptions, early: EarlyEnd): Promise<MediaStream> {
  const { facingMode = 'user', deviceId, width = 640, height = 480 } = options;
  const request = media
    .getUserMedia({
      audio: false,
      video: { width: { ideal: width }, height: { ideal: height }, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode }) },
    })
    .catch((cause: unknown) => {
      throw cameraError(cause, cameraSurroundings(Boolean(deviceId)));
    });
  let stopClock = () => {};
  const stopWatching = onCameraGranted(() => {
    const silence = { milliseconds: GRANTED_LIMIT, paused: false, muted: false };
    stopClock = early.after(GRANTED_LIMIT, () => noPicture(silence, { starting: true }));
  });
  try {
    return await early.race(request);
  } catch (error) {
    void request.then(
      (stream) => stream.getTracks().forEach((track) => track.stop()),
      () => undefined,
    );
    throw error;
  } finally {
    stopWatching();
    stopClock();
  }
}
