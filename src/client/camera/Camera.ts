import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { describe } from '../../shared/describe.js';
import type { VisavisError } from '../../shared/VisavisError.js';
import { abortable, throwIfAborted } from '../../shared/abortable.js';
import { cameraLost, cameraStopped, noPicture, videoReplaced, videoTaken } from './cameraError.js';
import { rememberEnd } from './endedCameras.js';
import { keepPlaying } from './keepPlaying.js';
import { onNextPicture } from './onNextPicture.js';
import type { TypedEventTarget } from '../TypedEventTarget.js';
import { visibleTimeout } from '../live/visibleTimeout.js';

/** What a camera fires. */
export interface CameraEvents {
  /** It was unplugged or its permission withdrawn; `detail` is the `camera-lost` error. */
  lost: CustomEvent<VisavisError>;
  /** `stop` was called, or another `openCamera` took over the video element. */
  stopped: Event;
}

export interface CameraFramesOptions {
  signal?: AbortSignal;
  /** How many frames to yield at most; default: no end. */
  limit?: number;
}

const FRAMES_OPTIONS: OptionNames<CameraFramesOptions> = { signal: true, limit: true };
/** How long to wait for one frame of a visible page, milliseconds: far longer than any camera takes in the dark. */
const PATIENCE = 10_000;

/** A running camera, made by `openCamera`. Fires `CameraEvents`. */
export class Camera extends (EventTarget as new () => TypedEventTarget<CameraEvents>) {
  /**
   * Plays the stream, muted and inline; put it into the page, move it, take it out, or read frames from it unseen. While the camera is live
   * it keeps playing: whatever pauses it, it is played again.
   */
  readonly video: HTMLVideoElement;
  readonly stream: MediaStream;
  readonly #stopPlaying: () => void;
  #state: 'live' | 'lost' | 'stopped' = 'live';
  /** Makes the error for those who read frames of a camera that is no longer live. */
  #ended: (() => VisavisError) | null = null;
  /** What the browser said when it last refused to play. */
  #refusal: unknown;

  /**
   * @internal Use `openCamera`.
   * @param taken fires when another camera takes over the video element
   */
  constructor(factory: symbol, video: HTMLVideoElement, stream: MediaStream, taken: AbortSignal) {
    super();
    assertFactory(factory, 'Camera', 'openCamera');
    rememberEnd(video, null);
    this.video = video;
    this.stream = stream;
    this.#stopPlaying = keepPlaying(video, stream, (cause) => (this.#refusal = cause));
    taken.addEventListener('abort', () => this.#stop(videoTaken), { once: true });
    for (const track of stream.getVideoTracks()) {
      track.addEventListener('ended', this.#onEnded, { once: true });
      if (track.readyState === 'ended') this.#onEnded();
    }
  }

  get state(): 'live' | 'lost' | 'stopped' {
    return this.#state;
  }

  /** Size of a frame in pixels. */
  get width(): number {
    return this.video.videoWidth;
  }

  get height(): number {
    return this.video.videoHeight;
  }

  /**
   * Yields the video element once for each new frame, until `limit` is reached; frames that arrive while the caller is busy are skipped.
   * Throws
   * - `aborted` when the signal fires, when the camera is stopped before the limit is reached, or its element is given another source;
   * - `camera-lost` when the camera is lost, or when no frame comes for 10 s. In the latter case it stays open, and may be asked again.
   *
   * Browsers give no frames while the page is in the background: the wait goes on until the page is visible again or the signal fires, and
   * the 10 s do not pass meanwhile.
   */
  async *frames(options: CameraFramesOptions = {}): AsyncGenerator<HTMLVideoElement, void> {
    assertOptions(options, FRAMES_OPTIONS, 'frames');
    const { signal, limit = Infinity } = options;
    if (typeof limit !== 'number' || !(limit >= 0)) throw new RangeError(`expected a limit of 0 frames or more, got ${describe(limit)}`);
    for (let n = 0; n < limit; n++) {
      throwIfAborted(signal);
      await this.#nextFrame(signal);
      yield this.video;
    }
  }

  /** Turns the camera off. Calls that still read its frames reject with `aborted`. */
  stop(): void {
    this.#stop(cameraStopped);
  }

  #stop(error: () => VisavisError): void {
    if (this.#state === 'stopped') return;
    const wasLive = this.#state === 'live';
    this.#state = 'stopped';
    this.#end(this.#ended ?? error);
    for (const track of this.stream.getTracks()) {
      track.removeEventListener('ended', this.#onEnded);
      track.stop();
    }
    // The element may play another camera by now.
    if (this.video.srcObject === this.stream) this.video.srcObject = null;
    if (wasLive) this.dispatchEvent(new Event('stopped'));
  }

  #end(error: () => VisavisError): void {
    this.#ended = error;
    this.#stopPlaying();
    rememberEnd(this.video, { stream: this.stream, error });
  }

  readonly #onEnded = () => {
    if (this.#state !== 'live') return;
    this.#state = 'lost';
    this.#end(cameraLost);
    this.dispatchEvent(new CustomEvent('lost', { detail: cameraLost() }));
  };

  /** Resolves when the video shows its next picture. */
  async #nextFrame(signal: AbortSignal | undefined): Promise<void> {
    const { video } = this;
    const cancels: (() => void)[] = [];
    const next = new Promise<void>((resolve, reject) => {
      const rejectIfOver = () => {
        if (this.#ended) reject(this.#ended());
        else if (video.srcObject !== this.stream) reject(videoReplaced());
      };
      for (const type of ['lost', 'stopped'] as const) {
        this.addEventListener(type, rejectIfOver);
        cancels.push(() => this.removeEventListener(type, rejectIfOver));
      }
      video.addEventListener('emptied', rejectIfOver);
      cancels.push(() => video.removeEventListener('emptied', rejectIfOver));
      const onPicture = () => {
        rejectIfOver(); // it may be another stream's picture
        resolve();
      };
      cancels.push(
        onNextPicture(video, onPicture),
        visibleTimeout(() => reject(this.#silence()), PATIENCE),
      );
      rejectIfOver();
    });
    try {
      await abortable(next, signal);
    } finally {
      for (const cancel of cancels) cancel();
    }
  }

  #silence(): VisavisError {
    const muted = this.stream.getVideoTracks().some((track) => track.muted);
    return noPicture({ milliseconds: PATIENCE, paused: this.video.paused, refusal: this.#refusal, muted });
  }
}
