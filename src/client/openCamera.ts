import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import { VisavisError } from '../shared/VisavisError.js';
import { abortable, throwIfAborted } from './abortable.js';
import { Camera } from './Camera.js';
import { cameraError, cameraLost } from './cameraError.js';
import { isElement } from './isElement.js';

export interface CameraOptions {
  /** Default `user`: the camera that faces the person. */
  facingMode?: 'user' | 'environment';
  /** A certain camera, by `MediaDeviceInfo.deviceId`. */
  deviceId?: string;
  /** Wished size of a frame, pixels; default 640 × 480, which is ample for one face. */
  width?: number;
  height?: number;
  /** Plays the stream in this element instead of a new one. */
  video?: HTMLVideoElement;
  signal?: AbortSignal;
}

const OPTIONS: OptionNames<CameraOptions> = { facingMode: true, deviceId: true, width: true, height: true, video: true, signal: true };

/**
 * Asks for the camera and resolves once its first frame is there. Throws `camera-denied`, `camera-missing`, `camera-busy`, `camera-lost` or `aborted`;
 * a stream that comes too late is stopped again.
 */
export async function openCamera(options: CameraOptions = {}): Promise<Camera> {
  assertOptions(options, OPTIONS, 'openCamera');
  const { facingMode = 'user', deviceId, width = 640, height = 480, signal } = options;
  throwIfAborted(signal);
  if (typeof document === 'undefined') {
    throw new VisavisError(
      'camera-missing',
      'openCamera runs in a page, where cameras are: call it in the page, not in a worker and not in Node.',
    );
  }
  if (options.video !== undefined && !isElement(options.video, 'HTMLVideoElement')) {
    throw new TypeError(`expected video to be a video element, got ${describe(options.video)}`);
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    throw new VisavisError('camera-missing', 'This page cannot use a camera: it must be served over HTTPS (or from localhost).');
  }
  const constraints: MediaStreamConstraints = {
    audio: false,
    video: { width: { ideal: width }, height: { ideal: height }, ...(deviceId ? { deviceId: { exact: deviceId } } : { facingMode }) },
  };
  const opening = navigator.mediaDevices.getUserMedia(constraints).catch((cause: unknown) => {
    throw cameraError(cause);
  });
  let stream: MediaStream;
  try {
    stream = await abortable(opening, signal);
  } catch (error) {
    void opening.then(stop, () => undefined);
    throw error;
  }
  const video = options.video ?? document.createElement('video');
  try {
    await abortable(play(video, stream), signal);
    return new Camera(video, stream);
  } catch (error) {
    stop(stream);
    if (video.srcObject === stream) video.srcObject = null;
    throw error instanceof VisavisError ? error : cameraError(error);
  }
}

async function play(video: HTMLVideoElement, stream: MediaStream): Promise<void> {
  video.muted = true;
  video.playsInline = true;
  video.srcObject = stream;
  const ended = new AbortController();
  const onEnded = () => ended.abort();
  const tracks = stream.getVideoTracks();
  for (const track of tracks) track.addEventListener('ended', onEnded);
  try {
    await abortable(firstPicture(video), ended.signal);
  } catch (cause) {
    throw ended.signal.aborted ? cameraLost(cause) : cause;
  } finally {
    for (const track of tracks) track.removeEventListener('ended', onEnded);
  }
}

async function firstPicture(video: HTMLVideoElement): Promise<void> {
  await video.play();
  // Some browsers start playing before the first picture has arrived.
  if (video.videoWidth === 0) await new Promise((resolve) => video.addEventListener('resize', resolve, { once: true }));
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
