import { proxy, releaseProxy, transfer, wrap, type Remote } from 'comlink';
import type { EngineInfo, EngineOptions, EngineService, FrameData, Settled } from '../shared/EngineService.js';
import { fromErrorData } from '../shared/errorData.js';
import type { LoadProgress } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';
import { abortable, throwIfAborted } from './abortable.js';
import { openEngine, type EngineEndpoint } from './openEngine.js';
import { foreignPicture } from './readSource.js';

/**
 * The way to the engine: one call at a time, in order. An aborted call that still waits is never sent; one under way is left to finish
 * before the next is sent. When the worker dies every call rejects instead of hanging.
 */
export class EngineBridge {
  readonly thread: 'worker' | 'main';
  readonly #remote: Remote<EngineService>;
  readonly #endpoint: EngineEndpoint;
  /** Rejects the call under way; a set rather than one promise to race with, which would keep every result alive. */
  readonly #underWay = new Set<(error: Error) => void>();
  #tail: Promise<unknown> = Promise.resolve();
  /** Why the engine is gone; null while it lives. */
  #gone: VisavisError | null = null;

  private constructor(endpoint: EngineEndpoint) {
    this.thread = endpoint.thread;
    this.#endpoint = endpoint;
    this.#remote = wrap<EngineService>(endpoint.port);
    endpoint.onCrash((reason) =>
      this.#end(new VisavisError('backend-unavailable', `The engine's worker stopped: ${reason}. Create a new verifier.`)),
    );
  }

  static async open(workerUrl: string | URL | undefined): Promise<EngineBridge> {
    return new EngineBridge(await openEngine(workerUrl));
  }

  async load(
    options: EngineOptions,
    onProgress: (progress: LoadProgress) => void,
    onMove: (info: EngineInfo) => void,
  ): Promise<EngineInfo> {
    return this.#call(undefined, () => this.#remote.load(options, proxy(onProgress), proxy(onMove)));
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
      try {
        if (this.#gone) throw this.#gone;
        // Pixels are copied (they are the caller's), bitmaps and frames move.
        const settled = await call(this.#remote, data instanceof ImageData ? data : transfer(data, [data]));
        return settled.ok ? { ok: true, value: { value: settled.value, frame } } : settled;
      } catch (cause) {
        if (!(data instanceof ImageData)) data.close(); // nothing happens where it has moved
        if (cause instanceof DOMException && cause.name === 'DataCloneError') throw foreignPicture(cause);
        throw cause;
      }
    });
  }

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return this.#call(undefined, () => this.#remote.memory());
  }

  /** Ends the engine at once. Calls under way and later ones reject with `disposed`. */
  dispose(): void {
    // Where there is no thread to end, the engine must let go of its tensors itself.
    const released = this.thread === 'main' && !this.#gone ? this.#remote.dispose() : Promise.resolve();
    this.#end(new VisavisError('disposed', 'This verifier was disposed: create a new one.'), released);
  }

  #end(error: VisavisError, released: Promise<unknown> = Promise.resolve()): void {
    if (this.#gone) return;
    this.#gone = error;
    for (const reject of this.#underWay) reject(error);
    void released.finally(() => {
      this.#remote[releaseProxy]();
      this.#endpoint.close();
    });
  }

  async #call<T>(signal: AbortSignal | undefined, send: () => Promise<Settled<T>>): Promise<T> {
    throwIfAborted(signal);
    const turn = this.#tail.then(() => {
      throwIfAborted(signal);
      return this.#whileAlive(send);
    });
    this.#tail = turn.catch(() => undefined);
    const settled = await abortable(turn, signal);
    if (settled.ok) return settled.value;
    throw fromErrorData(settled.error);
  }

  async #whileAlive<T>(send: () => Promise<T>): Promise<T> {
    if (this.#gone) throw this.#gone;
    let reject: (error: Error) => void = () => {};
    try {
      return await new Promise<T>((resolve, fail) => {
        reject = fail;
        this.#underWay.add(fail);
        send().then(resolve, fail);
      });
    } finally {
      this.#underWay.delete(reject);
    }
  }
}
