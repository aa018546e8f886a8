import { abortable, throwIfAborted } from '../../shared/abortable.js';
import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { describe } from '../../shared/describe.js';
import type { VisavisError } from '../../shared/VisavisError.js';
import type { Camera, CameraFramesOptions } from '../camera/Camera.js';
import { cameraLost, cameraStopped } from '../camera/cameraError.js';
import type { TimedSource } from '../camera/timedFrames.js';

export interface FakeCameraOptions {
  /** Milliseconds that the test waits for each frame; default 0. */
  pace?: number;
  /** Milliseconds from one frame to the next, by the frames' own times; default 100. */
  interval?: number;
}

/** A camera whose frames show nothing: a fake verifier does not look at them. Fires `lost` and `stopped` like a real one. */
export interface FakeCamera extends Camera, AsyncIterable<TimedSource> {
  /** As if it were unplugged. */
  lose(): void;
}

const OPTIONS: OptionNames<FakeCameraOptions> = { pace: true, interval: true };

/**
 * A camera for an app's tests, with or without a browser. Read as frames with times, as live calls do, its frames are `interval` apart,
 * however fast they come: an enrollment that takes seconds takes a test a few milliseconds.
 */
export function createFakeCamera(options: FakeCameraOptions = {}): FakeCamera {
  assertOptions(options, OPTIONS, 'createFakeCamera');
  const { pace = 0, interval = 100 } = options;
  if (!(pace >= 0)) throw new RangeError(`expected a pace of 0 ms or more, got ${describe(pace)}`);
  if (!(interval > 0)) throw new RangeError(`expected an interval above 0 ms, got ${describe(interval)}`);
  return new ScriptedCamera(pace, interval) as unknown as FakeCamera;
}

class ScriptedCamera extends EventTarget {
  readonly video = (typeof document === 'undefined' ? {} : document.createElement('video')) as HTMLVideoElement;
  readonly stream = { getTracks: () => [], getVideoTracks: () => [] } as unknown as MediaStream;
  readonly width = 640;
  readonly height = 480;
  state: 'live' | 'lost' | 'stopped' = 'live';
  #time = 0;
  readonly #end = new AbortController();

  constructor(
    private readonly pace: number,
    private readonly interval: number,
  ) {
    super();
  }

  async *frames({ signal, limit = Infinity }: CameraFramesOptions = {}): AsyncGenerator<HTMLVideoElement, void> {
    for (let n = 0; n < limit; n++) {
      throwIfAborted(signal);
      await this.#next(signal);
      yield this.video;
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TimedSource, void> {
    for await (const video of this.frames()) yield { source: video, time: (this.#time += this.interval) };
  }

  stop(): void {
    if (this.state === 'stopped') return;
    const wasLive = this.state === 'live';
    this.state = 'stopped';
    this.#end.abort(cameraStopped());
    if (wasLive) this.dispatchEvent(new Event('stopped'));
  }

  lose(): void {
    if (this.state !== 'live') return;
    this.state = 'lost';
    this.#end.abort(cameraLost());
    this.dispatchEvent(new CustomEvent('lost', { detail: cameraLost() }));
  }

  /** @param ended by whom the wait is given up */
  async #next(ended: AbortSignal | undefined): Promise<void> {
    const { signal } = this.#end;
    if (signal.aborted) throw signal.reason;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = () => {};
    const waited = new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, this.pace);
      over = () => reject(signal.reason as VisavisError);
      signal.addEventListener('abort', over);
    });
    try {
      await abortable(waited, ended);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', over);
    }
  }
}
