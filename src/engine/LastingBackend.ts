import type { EngineAssets } from '../shared/EngineService.js';
import { VisavisError } from '../shared/VisavisError.js';
import { withinAwakeTime } from '../shared/withinAwakeTime.js';
import { DAY_MS, fasterBackend } from './backend/fasterBackend.js';
import { backendStarters, GPU_BACKENDS, hasHardware, type GpuBackend } from './backend/openBackend.js';
import type { RememberedBackend } from './backend/rememberedBackend.js';
import { timeOnce } from './backend/timeOnce.js';
import type { PipelineModels } from './buildPipeline.js';
import { faultOfCall } from './faultOfCall.js';
import { release, startOn, startPipeline, type Started } from './startPipeline.js';

const TAKEN_AWAY = 'the browser took the GPU away';
/** As long as a silent worker is given, for slow drivers; one that hangs at a check never answers. */
const START_LIMIT_MS = 60_000;

/**
 * The backend in use, with the graphs on it. Both are built anew, once per call, where the browser takes the GPU away. From WASM it may move
 * to a GPU; it moves back where that one is gone, or computes what is no answer.
 */
export class LastingBackend {
  #started: Started;
  /** Kept only where a GPU can be lost, to build anew from. */
  #models: PipelineModels | null;
  /** Calls, measurements and moves take turns. */
  #turn: Promise<unknown> = Promise.resolve();
  #disposed = false;
  /** Moves back to WASM, and gives what keeps the visits of the next day there too; null where the engine has not come from there. */
  #moveBack: ((reason: string) => Promise<() => void>) | null = null;

  constructor(started: Started, models: PipelineModels) {
    this.#started = started;
    this.#models = started.backend.backend === 'wasm' ? null : models;
  }

  get started(): Started {
    return this.#started;
  }

  inTurn<T>(task: () => T | Promise<T>): Promise<T> {
    const turn = this.#turn.then(task);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Runs a task, in its turn; once more on whatever takes the place of a backend that fails.
   * @throws VisavisError of the task's own; `backend-unavailable` or `bad-image` for whatever else it fails with
   */
  async run<T>(task: (started: Started) => Promise<T>): Promise<T> {
    const attempt = () => this.#attempt(task);
    const answer = (await attempt()) ?? (await this.#rebuild().then(attempt)) ?? (await this.#leave(TAKEN_AWAY, lost('twice'), task));
    return answer!.result;
  }

  /**
   * Moves to a GPU where that is clearly faster than WASM, which runs now.
   * @param remembered null where nothing is to be kept in this browser
   * @param onMove called when the backend is another one
   */
  async moveWhereFaster(
    models: PipelineModels,
    assets: EngineAssets,
    remembered: RememberedBackend | null,
    onMove: () => void,
  ): Promise<void> {
    const candidates = GPU_BACKENDS.map((backend) => ({
      backend,
      isHardware: () => hasHardware(backend),
      start: () => inTime(startOn(backendStarters(backend, assets)[0]!, models)),
    }));
    // Alone on this thread: a call under way would make either look slow. One run at a time: calls need not wait for all of them.
    const timeOf = (built: Started['built'], usual: number) => this.inTurn(() => timeOnce(built, usual));
    const faster = await fasterBackend(candidates, this.#started.built, remembered, timeOf, () => this.#disposed);
    if (!faster) return;
    await this.inTurn(() => {
      if (this.#disposed) {
        release(faster);
        return;
      }
      this.#take(faster);
      this.#models = models;
      this.#moveBack = async (reason) => {
        const started = await startPipeline('wasm', models, backendStarters('wasm', assets));
        const from = faster.backend.backend as GpuBackend;
        this.#take({ ...started, fallbacks: [...started.fallbacks, { from, reason }] });
        this.#models = this.#moveBack = null;
        onMove();
        return () => void remembered?.write('wasm', DAY_MS);
      };
      onMove();
    });
  }

  dispose(): void {
    this.#disposed = true;
    release(this.#started);
  }

  /** Null where the backend is lost: what comes out of it, or fails on it, means nothing. */
  async #attempt<T>(task: (started: Started) => Promise<T>): Promise<{ readonly result: T } | null> {
    this.#assertNeeded();
    const { backend: open } = this.#started;
    if (open.isLost()) return null;
    try {
      const result = await task(this.#started);
      return open.isLost() ? null : { result };
    } catch (error) {
      // What was under way on a device may fail a moment before the browser tells that it is lost.
      if (!(error instanceof VisavisError)) await new Promise((resolve) => setTimeout(resolve));
      if (open.isLost()) return null;
      if (error instanceof VisavisError) throw error;
      // A device that passed its checks fails at a picture, and may at the next.
      const fault = faultOfCall(error, open.backend);
      return this.#leave(`it failed at a picture (${(fault.cause as Error).message})`, fault, task);
    }
  }

  /** Leaves the lost backend in place where nothing else can be had, so that the next call tries again. */
  async #rebuild(): Promise<void> {
    const { start, built, fallbacks } = this.#started;
    this.#assertNeeded();
    built.dispose();
    try {
      this.#take(await startOn({ start }, this.#models!, fallbacks));
    } catch (cause) {
      // It may be there again at the next visit, as where a laptop had just woken.
      await this.#retreat(TAKEN_AWAY, lost('and could not be had anew', cause));
    }
  }

  /** Goes on with a task on WASM. Only where it succeeds there was it not the picture's fault, and the next visits begin without that GPU. */
  async #leave<T>(reason: string, otherwise: VisavisError, task: (started: Started) => Promise<T>): Promise<{ readonly result: T } | null> {
    const stay = await this.#retreat(reason, otherwise);
    const answer = await this.#attempt(task);
    stay();
    return answer;
  }

  /**
   * Leaves a GPU for WASM, where the engine has come from there; gives what keeps the visits of the next day there too.
   * @param otherwise thrown where it has not
   */
  async #retreat(reason: string, otherwise: VisavisError): Promise<() => void> {
    this.#assertNeeded();
    if (!this.#moveBack) throw otherwise;
    return this.#moveBack(reason);
  }

  #assertNeeded(): void {
    if (this.#disposed) throw new VisavisError('disposed', 'This verifier was disposed: create a new one.');
  }

  /** Goes on with what was started; lets go of it where the engine has ended meanwhile. */
  #take(started: Started): void {
    release(this.#disposed ? started : this.#started);
    this.#assertNeeded();
    this.#started = started;
  }
}

/** What comes too late is let go of. */
function inTime(starting: Promise<Started>): Promise<Started> {
  return withinAwakeTime(starting, START_LIMIT_MS, () => {
    void starting.then(release, () => undefined);
    throw new Error(`it did not start within ${START_LIMIT_MS / 1000} s`);
  });
}

function lost(how: string, cause?: unknown): VisavisError {
  return new VisavisError('backend-unavailable', `The GPU was lost ${how}. Try again, or create a verifier with backend: 'wasm'.`, {
    cause,
  });
}
