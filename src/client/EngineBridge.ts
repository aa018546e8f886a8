import { proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import type { EngineInfo, EngineOptions, EngineService, FrameData, Settled } from '../shared/EngineService.js';
import { fromErrorData } from '../shared/errorData.js';
import type { LoadProgress } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { abortable, throwIfAborted } from './abortable.js';
import { openEngine } from './openEngine.js';

/**
 * The way to the engine: one call at a time, in order. An aborted call that still waits is never sent; one under way is left to finish
 * before the next is sent. When the worker dies every call rejects instead of hanging.
 */
export class EngineBridge {
  readonly thread: 'worker' | 'main';
  readonly #remote: Remote<EngineService>;
  readonly #close: () => void;
  readonly #gone: Promise<never>;
  #failGone: (error: Error) => void = () => {};
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;

  private constructor(endpoint: Awaited<ReturnType<typeof openEngine>>) {
    this.thread = endpoint.thread;
    this.#remote = wrap<EngineService>(endpoint.port);
    this.#close = endpoint.close;
    this.#gone = new Promise<never>((_, reject) => (this.#failGone = reject));
    this.#gone.catch(() => undefined);
    endpoint.onCrash((reason) => this.#fail(new VisavisError('backend-unavailable', `The engine's worker stopped: ${reason}. Create a new verifier.`)));
  }

  static async open(workerUrl: string | URL | undefined): Promise<EngineBridge> {
    return new EngineBridge(await openEngine(workerUrl));
  }

  async load(options: EngineOptions, onProgress: (progress: LoadProgress) => void): Promise<EngineInfo> {
    return this.#call(undefined, () => this.#remote.load(options, proxy(onProgress)));
  }

  /** Sends a frame after all earlier calls; `take` runs when its turn has come, so that a waiting call holds no picture. */
  async withFrame<T, F extends { data: FrameData }>(
    signal: AbortSignal | undefined,
    take: () => Promise<F>,
    call: (remote: Remote<EngineService>, frame: FrameData) => Promise<Settled<T>>,
  ): Promise<{ value: T; frame: F }> {
    return this.#call(signal, async () => {
      const frame = await take();
      const { data } = frame;
      // Pixels are copied (they are the caller's), bitmaps and frames move.
      const settled = await call(this.#remote, data instanceof ImageData ? data : transfer(data, [data]));
      return settled.ok ? { ok: true, value: { value: settled.value, frame } } : settled;
    });
  }

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return this.#call(undefined, () => this.#remote.memory());
  }

  /** Ends the engine at once. Calls under way reject with `disposed`. */
  dispose(): void {
    this.#fail(new VisavisError('disposed', 'This verifier was disposed: create a new one.'));
  }

  #fail(error: VisavisError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failGone(error);
    if (this.thread === 'main' && error.code === 'disposed') {
      // No thread to end: the engine must let go of its tensors itself.
      void this.#remote.dispose().finally(() => this.#end());
    } else {
      this.#end();
    }
  }

  #end(): void {
    this.#remote[releaseProxy]();
    this.#close();
  }

  async #call<T>(signal: AbortSignal | undefined, send: () => Promise<Settled<T>>): Promise<T> {
    throwIfAborted(signal);
    const turn = this.#tail.then(async () => {
      if (this.#closed) return this.#gone;
      throwIfAborted(signal);
      return Promise.race([send(), this.#gone]);
    });
    this.#tail = turn.catch(() => undefined);
    const settled = await abortable(turn, signal);
    if (settled.ok) return settled.value;
    throw fromErrorData(settled.error);
  }
}
