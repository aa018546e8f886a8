import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import type { VisavisError } from '../shared/VisavisError.js';
import { abortable, throwIfAborted } from './abortable.js';
import { cameraLost } from './cameraError.js';
import { typedEventTarget } from './TypedEventTarget.js';

/** What a camera fires. */
export interface CameraEvents {
  /** It was unplugged or its permission withdrawn; `detail` is the `camera-lost` error. */
  lost: CustomEvent<VisavisError>;
  /** `stop` was called. */
  stopped: Event;
}

export interface CameraFramesOptions {
  signal?: AbortSignal;
  /** How many frames to yield at most; default: no end. */
  limit?: number;
}

const FRAMES_OPTIONS: OptionNames<CameraFramesOptions> = { signal: true, limit: true };

/** A running camera, made by `openCamera`. Fires `CameraEvents`. */
export class Camera extends typedEventTarget<CameraEvents>() {
  /** Plays the stream, muted and inline; put it into the page, or read frames from it unseen. */
  readonly video: HTMLVideoElement;
  readonly stream: MediaStream;
  #state: 'live' | 'lost' | 'stopped' = 'live';

  /** @internal Use `openCamera`. */
  constructor(video: HTMLVideoElement, stream: MediaStream) {
    super();
    this.video = video;
    this.stream = stream;
    for (const track of stream.getVideoTracks()) {
      if (track.readyState === 'ended') this.#state = 'lost';
      track.addEventListener('ended', this.#onEnded, { once: true });
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
   * Yields the video element once for each new frame; frames that arrive while the caller is busy are skipped. Ends when the camera is
   * stopped; throws `camera-lost` when it is lost and `aborted` when the signal fires.
   */
  async *frames(options: CameraFramesOptions = {}): AsyncGenerator<HTMLVideoElement, void> {
    assertOptions(options, FRAMES_OPTIONS, 'frames');
    const { signal, limit = Infinity } = options;
    for (let n = 0; n < limit; n++) {
      throwIfAborted(signal);
      await abortable(this.#nextFrame(), signal);
      if (this.#state === 'lost') throw cameraLost();
      if (this.#state === 'stopped') return;
      yield this.video;
    }
  }

  /** Turns the camera off. */
  stop(): void {
    if (this.#state === 'stopped') return;
    const wasLive = this.#state === 'live';
    this.#state = 'stopped';
    for (const track of this.stream.getTracks()) {
      track.removeEventListener('ended', this.#onEnded);
      track.stop();
    }
    // The element may play another camera by now.
    if (this.video.srcObject === this.stream) this.video.srcObject = null;
    if (wasLive) this.dispatchEvent(new Event('stopped'));
  }

  readonly #onEnded = () => {
    if (this.#state !== 'live') return;
    this.#state = 'lost';
    this.dispatchEvent(new CustomEvent('lost', { detail: cameraLost() }));
  };

  /** Resolves at the next frame, or when the camera is lost or stopped. */
  #nextFrame(): Promise<void> {
    const { video } = this;
    return new Promise((resolve) => {
      const cancels: (() => void)[] = [];
      const done = () => {
        for (const cancel of cancels) cancel();
        resolve();
      };
      if (this.#state !== 'live') {
        resolve();
        return;
      }
      for (const event of ['lost', 'stopped'] as const) {
        this.addEventListener(event, done);
        cancels.push(() => this.removeEventListener(event, done));
      }
      if ('requestVideoFrameCallback' in video) {
        const id = video.requestVideoFrameCallback(done);
        cancels.push(() => video.cancelVideoFrameCallback(id));
      } else {
        const timer = setTimeout(done, 33);
        cancels.push(() => clearTimeout(timer));
      }
    });
  }
}
