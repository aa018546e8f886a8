import { SteadyHint } from '../../ceremony/capture/SteadyHint.js';
import { abortable, throwIfAborted } from '../../shared/abortable.js';
import type { CaptureAction, CaptureEvent, CaptureHint, CaptureResult } from '../../shared/capture.js';
import type { CeremonyProgress, CeremonyPrompt } from '../../shared/ceremony.js';
import { PAGE_CLOCK } from '../../shared/Clock.js';
import { describe } from '../../shared/describe.js';
import type { EnrollLiveOptions } from '../../shared/enrollment.js';
import type { FaceVerifierOptions } from '../../shared/options.js';
import type { Template } from '../../shared/Template.js';
import { assertKey } from '../../vault/protection/assertKey.js';
import { assertMadeBy, isMadeBy } from '../assertTemplate.js';
import type { Camera } from '../camera/Camera.js';
import type { FaceVerifier } from '../FaceVerifier.js';
import { assertRenewal } from '../renewal/concludeRenewal.js';
import { DEFAULT_RENEWAL_FMR } from '../renewal/RenewOptions.js';
import { isVerifier, type VerifierSource } from '../VerifierSource.js';
import { isOpenCamera, type CaptureOptions } from './CaptureOptions.js';
import { openCamera } from '../camera/openCamera.js';
import { framesToVerify } from './framesToVerify.js';

/** Where a capture's verifiers come from: the caller's, which stay theirs, or ones that are made for each start. */
export interface CaptureParts {
  readonly verifier: FaceVerifier | FaceVerifierOptions;
  readonly create: (options: FaceVerifierOptions) => Promise<FaceVerifier>;
}

/** Who is to be verified. */
interface Enrolled {
  readonly template: Template;
  /** The model that made the template, where that is another one. */
  readonly from: FaceVerifier | null;
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
    const { signal } = this.#abort;
    try {
      // What is there already is waited for, too: a cancel meanwhile ends it before the page is asked for anything else.
      const verifier = await this.#verifier(this.#parts.verifier);
      throwIfAborted(signal);
      const enrolled = await this.#enrolled(verifier);
      throwIfAborted(signal);
      const camera = await this.#camera();
      await this.#getReady(camera);
      const result = await this.#capture(verifier, camera, enrolled);
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

  async #verifier(source: VerifierSource): Promise<FaceVerifier> {
    if (isVerifier(source)) return source;
    const { signal } = this.#abort;
    this.#tell({ type: 'phase', phase: 'loading' });
    throwIfAborted(signal);
    if (typeof source === 'function') {
      const given = await abortable(Promise.resolve(source(signal)), signal);
      if (!isVerifier(given)) throw new TypeError(`expected renewFrom to give a face verifier, got ${describe(given)}`);
      return given;
    }
    const onProgress: FaceVerifierOptions['onProgress'] = (progress) => {
      this.#tell({ type: 'loaded', progress });
      source.onProgress?.(progress);
    };
    const unfollow = this.#follow(source.signal);
    try {
      const made = await this.#parts.create({ ...source, signal, onProgress });
      this.#own(() => made.dispose());
      return made;
    } finally {
      unfollow();
    }
  }

  /** Null where nobody is compared. Nobody is asked for the camera for a template that nothing here can compare, or not at this rate. */
  async #enrolled(verifier: FaceVerifier): Promise<Enrolled | null> {
    const { mode, template: given, fmr, renewFrom } = this.#options;
    if (mode !== 'verify') return null;
    const { signal } = this.#abort;
    if (renewFrom || typeof given === 'function') this.#tell({ type: 'phase', phase: 'loading' });
    throwIfAborted(signal);
    const template = await abortable(Promise.resolve(typeof given === 'function' ? given() : given!), signal);
    if (!renewFrom || isMadeBy(template, [verifier.info])) {
      await framesToVerify(verifier, template, fmr);
      return { template, from: null };
    }
    await assertKey(template); // before the older model is downloaded
    const from = await this.#verifier(renewFrom);
    assertMadeBy(template, [verifier.info, from.info]);
    await assertRenewal({ looker: verifier, from, template, fmr: this.#renewalFmr });
    return { template, from };
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
    const unfollow = this.#follow(options.signal);
    try {
      return await openCamera({ ...options, signal: this.#abort.signal });
    } finally {
      unfollow(); // it is for the opening only
    }
  }

  /** Ends with a signal of the page's, until what it returns is called. */
  #follow(signal: AbortSignal | undefined): () => void {
    if (!signal) return () => {};
    const onAbort = () => this.#abort.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    return () => signal.removeEventListener('abort', onAbort);
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

  async #capture(verifier: FaceVerifier, camera: Camera, enrolled: Enrolled | null): Promise<CaptureResult> {
    const { mode, fmr, liveness = false } = this.#options;
    if (mode === 'enroll') return { mode, template: await verifier.enrollLive(camera, this.#guided()) };
    const common = { ...this.#common(), liveness };
    if (!enrolled) return { mode: 'check', check: await verifier.checkLive(camera, common) };
    const { template, from } = enrolled;
    if (from) return this.#renew(verifier, camera, { template, from });
    const verification = await verifier.verifyLive(camera, template, { ...common, ...(fmr !== undefined && { fmr }) });
    return { mode: 'verify', verification, renewed: null };
  }

  async #renew(verifier: FaceVerifier, camera: Camera, { template, from }: Enrolled & { from: FaceVerifier }): Promise<CaptureResult> {
    const verification = await verifier.renewLive(camera, template, { ...this.#guided(), from, fmr: this.#renewalFmr });
    return { mode: 'verify', verification, renewed: verification.template };
  }

  get #renewalFmr(): number {
    return Math.min(this.#options.fmr ?? DEFAULT_RENEWAL_FMR, DEFAULT_RENEWAL_FMR);
  }

  /** For the calls that ask for several views: the session is one of their options, with listeners of its own. */
  #guided(): EnrollLiveOptions {
    const { liveness } = this.#options;
    const session = liveness && { liveness: { ...(liveness === true ? {} : liveness), ...this.#listeners } };
    return { ...this.#common(), ...session };
  }

  #common() {
    const { timeLimit } = this.#options;
    const onDecide = () => this.#tell({ type: 'phase', phase: 'deciding' });
    return { signal: this.#abort.signal, ...this.#listeners, onDecide, ...(timeLimit !== undefined && { timeLimit }) };
  }

  get #listeners() {
    return {
      onPrompt: (prompt: CeremonyPrompt<CaptureAction>) => this.#prompted(prompt),
      onProgress: (progress: CeremonyProgress<CaptureAction, CaptureHint>) => this.#progressed(progress),
    };
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
