import { proxy, transfer, type Remote } from 'comlink';
import type { EngineInfo, EngineOptions, EngineService, FrameData, Settled } from '../../shared/EngineService.js';
import { fromErrorData } from '../../shared/errorData.js';
import { isA } from '../../shared/isA.js';
import type { LoadProgress } from '../../shared/options.js';
import { VisavisError } from '../../shared/VisavisError.js';
import { abortable, throwIfAborted } from '../../shared/abortable.js';
import type { AskedEarly } from './askEarly.js';
import { EngineLink } from './EngineLink.js';
import { foreignPicture } from '../pictures/foreignPicture.js';
import type { EngineEndpoint } from './openEngine.js';
import { throwLater } from '../throwLater.js';
import { LOAD_TICKS, REPLY_TICKS } from './watchEngine.js';

/** What an engine is started with, the first time and whenever it has to be started anew. */
export interface EnginePlan {
  readonly open: () => Promise<EngineEndpoint>;
  readonly options: EngineOptions;
  readonly early?: AskedEarly;
  /** Called whenever what the engine runs on is known or has changed. */
  readonly onInfo: (info: EngineInfo, thread: 'worker' | 'main') => void;
}

/**
 * The way to the engine: one call at a time, in order. An aborted call that still waits is never sent; one under way is left to finish
 * before the next is sent. When the engine stops, the call under way rejects with `backend-unavailable`, and the next call starts it anew.
 */
export class EngineBridge {
  readonly #plan: EnginePlan;
  #link: EngineLink | null = null;
  /** Whether that one has loaded. */
  #isLoaded = false;
  /** What the engine was when it first loaded. */
  #first: EngineInfo | null = null;
  #tail: Promise<unknown> = Promise.resolve();
  /** Rejects the call whose turn it is. */
  readonly #underWay = new Set<(error: Error) => void>();
  #disposed: VisavisError | null = null;

  constructor(plan: EnginePlan) {
    this.#plan = plan;
  }

  /** Starts the engine, which else the first call does. */
  async load(onProgress: (progress: LoadProgress) => void): Promise<void> {
    await this.#inTurn(undefined, () => this.#running(onProgress));
  }

  /**
   * Sends a frame after all earlier calls; `take` runs when its turn has come, so that a waiting call holds no picture.
   * @param discard gets what the engine answers to a call that has ended without it
   */
  async withFrame<T, F extends { data: FrameData }>(
    signal: AbortSignal | undefined,
    take: () => Promise<F>,
    call: (remote: Remote<EngineService>, frame: FrameData) => Promise<Settled<T>>,
    discard: (value: T) => void = () => {},
  ): Promise<{ value: T; frame: F }> {
    let reply: Promise<Settled<T>> | undefined;
    const turn = this.#inTurn(signal, async () => {
      const link = await this.#running();
      throwIfAborted(signal);
      const frame = await take();
      const { data } = frame;
      // Pixels are copied (they are the caller's), bitmaps and frames move.
      const moves = !isA(data, 'ImageData');
      try {
        throwIfAborted(signal);
        const settled = await link.ask(
          REPLY_TICKS,
          (remote) => (reply = call(remote, moves ? transfer(data, [data as Transferable]) : data)),
        );
        return { value: valueOf(settled), frame };
      } catch (cause) {
        if (moves) data.close(); // nothing happens where it has moved
        if (cause instanceof DOMException && cause.name === 'DataCloneError') throw foreignPicture(cause);
        throw cause;
      }
    });
    try {
      return await turn;
    } catch (error) {
      reply?.then(
        (settled) => settled.ok && discard(settled.value),
        () => undefined,
      );
      throw error;
    }
  }

  async memory(): Promise<{ tensors: number; bytes: number }> {
    return this.#inTurn(undefined, async () => valueOf(await (await this.#running()).ask(REPLY_TICKS, (remote) => remote.memory())));
  }

  /** Ends the engine. Calls under way and later ones reject with `disposed`. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = new VisavisError('disposed', 'This verifier was disposed: create a new one.');
    for (const reject of this.#underWay) reject(this.#disposed);
    if (this.#isLoaded) this.#link?.retire(this.#disposed);
    else this.#link?.end(this.#disposed);
  }

  /** The engine, started and loaded where it is not running. One that fails to load is ended. */
  async #running(onProgress?: (progress: LoadProgress) => void): Promise<EngineLink> {
    if (this.#link && !this.#link.isGone) return this.#link;
    const { open, options, early, onInfo } = this.#plan;
    const link = new EngineLink(await open());
    if (this.#disposed) {
      link.end(this.#disposed);
      throw this.#disposed;
    }
    this.#link = link;
    this.#isLoaded = false;
    const tell = (info: EngineInfo) => {
      if (this.#link === link) onInfo(info, link.thread);
    };
    try {
      const loaded = await link.ask(LOAD_TICKS, (remote, watch) => {
        const progressed = (progress: LoadProgress) => {
          watch.progress();
          try {
            onProgress?.(progress);
          } catch (error) {
            throwLater(error); // the page's trouble, and nothing that the engine could mend
          }
        };
        // On a slow line the worker's own script comes late beside these.
        early?.hear(() => watch.progress());
        return remote.load(options, proxy(progressed), proxy(tell), early && proxy(early));
      });
      const info = valueOf(loaded);
      this.#assertSameModel(info);
      tell(info);
      this.#isLoaded = true;
      return link;
    } catch (error) {
      link.end(new VisavisError('backend-unavailable', 'The engine did not start.', { cause: error }));
      throw error;
    }
  }

  /** Templates and thresholds belong to one version of a model; its folder may hold another one by the time the engine starts again. */
  #assertSameModel(info: EngineInfo): void {
    this.#first ??= info;
    const before = this.#first;
    if (info.modelVersion === before.modelVersion && info.pipelineVersion === before.pipelineVersion) return;
    const versions = `${info.model} ${info.modelVersion} instead of ${before.modelVersion}`;
    throw new VisavisError('backend-unavailable', `The engine started again, with ${versions}: create a new verifier.`);
  }

  async #inTurn<T>(signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    throwIfAborted(signal);
    const turn = this.#tail.then(() => {
      throwIfAborted(signal);
      return this.#untilDisposed(task);
    });
    this.#tail = turn.catch(() => undefined);
    return abortable(turn, signal);
  }

  async #untilDisposed<T>(task: () => Promise<T>): Promise<T> {
    if (this.#disposed) throw this.#disposed;
    let reject: (error: Error) => void = () => {};
    try {
      return await new Promise<T>((resolve, fail) => {
        reject = fail;
        this.#underWay.add(fail);
        task().then(resolve, fail);
      });
    } finally {
      this.#underWay.delete(reject);
    }
  }
}

function valueOf<T>(settled: Settled<T>): T {
  if (settled.ok) return settled.value;
  throw fromErrorData(settled.error);
}
