import { SteadyHint } from '../../ceremony/capture/SteadyHint.js';
import { abortable, throwIfAborted } from '../../shared/abortable.js';
import type { CaptureAction, CaptureEvent, CaptureHint, CaptureResult } from '../../shared/capture.js';
import type { CeremonyProgress, CeremonyPrompt } from '../../shared/ceremony.js';
import { PAGE_CLOCK } from '../../shared/Clock.js';
import type { LoadProgress } from '../../shared/options.js';
import type { Camera } from '../camera/Camera.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import { isOpenCamera, type CaptureOptions } from './CaptureOptions.js';
import { openCamera } from '../camera/openCamera.js';

/** What a capture asks of a verifier. */
export type CaptureVerifier = Pick<FaceVerifier, 'enrollLive' | 'verifyLive' | 'checkLive' | 'dispose'>;

/** Where a capture's verifier comes from: the caller's, which stays theirs, or one that is made for each start. */
export interface CaptureParts {
  readonly verifier: CaptureVerifier | null;
  readonly create: (options: { signal: AbortSignal; onProgress: (progress: LoadProgress) => void }) => Promise<CaptureVerifier>;
}

/** How often a countdown is told, milliseconds. */
const TICK = 250;

/** One start of a capture: gets what is needed, runs the ceremony, and lets go of everything that it got. */
export class CaptureRun {
  readonly #parts: CaptureParts;
  readonly #options: CaptureOptions;
  readonly #tell: (event: CaptureEvent) => void;
  readonly #abort = new AbortController();
  readonly #releases: (() => void)[] = [];
  readonly #steady = new SteadyHint<CaptureHint>();
  #skip: (() => void) | null = null;

  constructor(parts: CaptureParts, options: CaptureOptions, tell: (event: CaptureEvent) => void) {
    this.#parts = parts;
    this.#options = options;
    this.#tell = tell;
  }

  /** Never rejects; resolves with how it ended. */
  async go(): Promise<CaptureEvent> {
    try {
      const verifier = await this.#verifier();
      const camera = await this.#camera();
      await this.#getReady(camera);
      const result = await this.#capture(verifier, camera);
      return { type: 'decided', result };
    } catch (error) {
      return { type: 'failed', error: error instanceof Error ? error : new Error(String(error)) };
    } finally {
      this.#release();
    }
  }

  skip(): void {
    this.#skip?.();
  }

  cancel(): void {
    this.#abort.abort();
    this.#release();
  }

  #release(): void {
    this.#skip = null;
    for (const release of this.#releases.splice(0).reverse()) release();
  }

  async #verifier(): Promise<CaptureVerifier> {
    const { verifier, create } = this.#parts;
    if (verifier) return verifier;
    this.#tell({ type: 'phase', phase: 'loading' });
    const { signal } = this.#abort;
    const made = await create({ signal, onProgress: (progress) => this.#tell({ type: 'loaded', progress }) });
    this.#own(() => made.dispose());
    return made;
  }

  async #camera(): Promise<Camera> {
    const { camera, onCamera } = this.#options;
    let opened: Camera;
    if (isOpenCamera(camera)) opened = camera;
    else {
      this.#tell({ type: 'phase', phase: 'asking-for-camera' });
      opened = await this.#open(camera ?? {});
      this.#own(() => opened.stop());
    }
    onCamera?.(opened);
    return opened;
  }

  async #open(options: Exclude<CaptureOptions['camera'], Camera | undefined>): Promise<Camera> {
    const { signal } = options;
    if (signal) {
      const onAbort = () => this.#abort.abort(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      this.#releases.push(() => signal.removeEventListener('abort', onAbort));
      if (signal.aborted) onAbort();
    }
    return openCamera({ ...options, signal: this.#abort.signal });
  }

  /** What came too late is let go of at once. */
  #own(release: () => void): void {
    this.#releases.push(release);
    if (!this.#abort.signal.aborted) return;
    this.#release();
    throwIfAborted(this.#abort.signal);
  }

  /** Counts down; ends early when skipped. A camera that is lost meanwhile is found out by who reads its frames next. */
  async #getReady(camera: Camera): Promise<void> {
    const { getReady = 0, clock = PAGE_CLOCK } = this.#options;
    const end = clock.now() + getReady;
    let skipped = false;
    for (let left = getReady; left > 0 && !skipped && camera.state === 'live'; left = end - clock.now()) {
      this.#tell({ type: 'get-ready', milliseconds: left });
      let cancel = () => {};
      const waited = new Promise<void>((resolve) => {
        cancel = clock.after(Math.min(TICK, left), resolve);
        this.#skip = () => {
          skipped = true;
          resolve();
        };
      });
      try {
        await abortable(waited, this.#abort.signal);
      } finally {
        this.#skip = null;
        cancel();
      }
    }
  }

  async #capture(verifier: CaptureVerifier, camera: Camera): Promise<CaptureResult> {
    const { mode, fmr, liveness = false, timeLimit, template } = this.#options;
    const { signal } = this.#abort;
    const listeners = {
      onPrompt: (prompt: CeremonyPrompt<CaptureAction>) => this.#prompted(prompt),
      onProgress: (progress: CeremonyProgress<CaptureAction, CaptureHint>) => this.#progressed(progress),
    };
    const onDecide = () => this.#tell({ type: 'phase', phase: 'deciding' });
    const common = { signal, ...listeners, onDecide, ...(timeLimit === undefined ? {} : { timeLimit }) };
    if (mode === 'enroll') {
      const session = liveness ? { liveness: { ...(liveness === true ? {} : liveness), ...listeners } } : {};
      return { mode, template: await verifier.enrollLive(camera, { ...common, ...session }) };
    }
    if (mode === 'check') return { mode, check: await verifier.checkLive(camera, { ...common, liveness }) };
    const whom = await abortable(Promise.resolve(typeof template === 'function' ? template() : template!), signal);
    const rate = fmr === undefined ? {} : { fmr };
    return { mode, verification: await verifier.verifyLive(camera, whom, { ...common, ...rate, liveness }) };
  }

  #prompted(prompt: CeremonyPrompt<CaptureAction>): void {
    this.#steady.reset(this.#now());
    this.#skip = prompt.skip;
    this.#tell({ type: 'prompted', prompt });
  }

  #progressed(progress: CeremonyProgress<CaptureAction, CaptureHint>): void {
    const hint = this.#steady.offer(progress.hint, this.#now());
    this.#tell({ type: 'progressed', progress, hint });
  }

  #now(): number {
    return (this.#options.clock ?? PAGE_CLOCK).now();
  }
}
