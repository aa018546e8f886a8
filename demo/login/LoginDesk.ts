import { VisavisError, type Camera } from '../../src/index.js';
import type { EngineHost } from '../engine/EngineHost.js';
import { noticeOf } from '../state/notices.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { median } from '../ui/median.js';
import type { LivenessStage } from '../liveness/LivenessStage.js';
import type { PromptBox } from '../prompt/PromptBox.js';
import { CameraSession } from './CameraSession.js';
import type { FaceOutline } from './FaceOutline.js';
import { FrameLoop, type Sighting } from './FrameLoop.js';
import { SteadyHint } from './SteadyHint.js';
import { TaskRunner, type Bench } from './TaskRunner.js';
import type { TemplateKeeper } from './TemplateKeeper.js';

const TIMINGS = 31;

/** What the login tab does: it turns the camera on and off, and runs the tasks that need its frames. */
export class LoginDesk {
  readonly tasks: TaskRunner;
  readonly #steady = new SteadyHint();
  readonly #timings: number[] = [];
  #session: CameraSession | null = null;
  /** Whether to enroll as soon as frames arrive. */
  #enrolling = false;

  constructor(
    private readonly store: PageStore,
    private readonly host: EngineHost,
    keeper: TemplateKeeper,
    private readonly view: {
      readonly video: HTMLVideoElement;
      readonly outline: FaceOutline;
      readonly liveness: LivenessStage;
      readonly box: PromptBox;
    },
  ) {
    this.tasks = new TaskRunner(store, keeper, view.liveness, view.box);
  }

  async turnOn(): Promise<void> {
    if (this.#session) return;
    const session = (this.#session = new CameraSession());
    setNotice(this.store, 'camera', null);
    this.store.set({ camera: 'starting' });
    try {
      const camera = await session.open(this.view.video, (error) => this.#lost(error));
      this.store.set({ camera: 'live' });
      void this.#watch(session, camera);
    } catch (error) {
      if (session.signal.aborted) return;
      this.#end('error');
      setNotice(this.store, 'camera', noticeOf(error));
    }
  }

  /** Enrolls, after turning on the camera if it is off. */
  async enroll(): Promise<void> {
    if (this.tasks.ready) return this.tasks.enroll();
    this.#enrolling = true;
    await this.turnOn();
  }

  turnOff(): void {
    this.#end('off');
    setNotice(this.store, 'camera', null);
  }

  async #watch(session: CameraSession, camera: Camera): Promise<void> {
    const { signal } = session;
    while (!signal.aborted) {
      let bench: Bench | null = null;
      try {
        const verifier = await this.host.ready(signal);
        const loop = new FrameLoop(verifier, (sighting, ms) => this.#saw(sighting, ms, camera));
        bench = { verifier, loop, signal };
        this.tasks.attach(bench);
        if (this.#enrolling) void this.tasks.enroll();
        this.#enrolling = false;
        await loop.run(camera, signal);
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (error instanceof VisavisError && error.code === 'camera-lost') {
          this.#lost(error);
          return;
        }
        // A `bad-image` is a frame that came too early. Anything else ends the engine, and the loop waits for the next one.
        if (!(error instanceof VisavisError && error.code === 'bad-image')) this.host.fail(error);
      } finally {
        if (bench) this.tasks.detach(bench);
      }
    }
  }

  #saw(sighting: Sighting, ms: number, { width, height }: Camera): void {
    const { store } = this;
    if (this.#timings.push(ms) > TIMINGS) this.#timings.shift();
    const frameMs = median(this.#timings);
    const hint = this.#steady.offer(sighting.hint, performance.now());
    this.view.outline.show(sighting, { width, height });
    if (hint !== store.state.hint || frameMs !== store.state.frameMs) store.set({ hint, frameMs });
  }

  #lost(error: VisavisError): void {
    if (!this.#session) return;
    this.#end('error');
    setNotice(this.store, 'camera', noticeOf(error));
  }

  #end(camera: 'off' | 'error'): void {
    this.#session?.end();
    this.#session = null;
    this.#enrolling = false;
    this.#steady.reset();
    this.view.outline.clear();
    this.store.set({ camera, hint: null });
  }
}
