import { releaseProxy, wrap, type Remote } from 'comlink';
import { awakeTimeout } from '../../shared/awakeTimeout.js';
import { UNREADABLE, type EngineService, type Settled } from '../../shared/EngineService.js';
import { VisavisError } from '../../shared/VisavisError.js';
import type { EngineEndpoint } from './openEngine.js';
import { watchEngine, type EngineWatch } from './watchEngine.js';

/** What an engine gets to keep its models for the next visit before its thread is ended; writing 3 MB takes a tenth of a second where the disk is not busy. */
const RETIRE_MS = 10_000;

/** One engine, from its start to its end: calls reject instead of waiting for a reply that will not come. */
export class EngineLink {
  readonly thread: 'worker' | 'main';
  readonly #remote: Remote<EngineService>;
  readonly #endpoint: EngineEndpoint;
  /** Rejects the calls under way; a set rather than one promise to race with, which would keep every result alive. */
  readonly #underWay = new Set<(error: Error) => void>();
  /** Why the engine is gone; null while it lives. */
  #gone: VisavisError | null = null;
  #isClosed = false;

  constructor(endpoint: EngineEndpoint) {
    this.thread = endpoint.thread;
    this.#endpoint = endpoint;
    this.#remote = wrap<EngineService>(endpoint.port);
    endpoint.onCrash((reason) => this.#crash(reason));
    endpoint.port.addEventListener('message', (event) => {
      if ((event as MessageEvent<unknown>).data === UNREADABLE) this.#reject(unreadable());
    });
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  /**
   * Sends one call. Rejects with `backend-unavailable` when the engine ends or stops answering meanwhile, and with `bad-image` when it
   * could not read the message.
   * @param replyTicks see `watchEngine`
   */
  async ask<T>(replyTicks: number, send: (remote: Remote<EngineService>, watch: EngineWatch) => Promise<Settled<T>>): Promise<Settled<T>> {
    if (this.#gone) throw this.#gone;
    const watch = watchEngine(
      () => this.#remote.ping(),
      replyTicks,
      (reason) => this.#crash(reason),
    );
    let reject: (error: Error) => void = () => {};
    try {
      return await new Promise<Settled<T>>((resolve, fail) => {
        reject = fail;
        this.#underWay.add(fail);
        send(this.#remote, watch).then(resolve, fail);
      });
    } finally {
      watch.stop();
      this.#underWay.delete(reject);
    }
  }

  /** Ends the engine at once: the call under way and later ones reject with `error`. */
  end(error: VisavisError): void {
    // Where there is no thread to end, the engine must let go of its memory itself.
    if (this.thread === 'main') this.retire(error);
    else if (this.#leave(error)) this.#close();
  }

  /** The same, but the engine lets go of its memory itself, and may finish what it writes, before its thread, if it has one, is ended. */
  retire(error: VisavisError): void {
    if (!this.#leave(error)) return;
    const close = () => {
      callOff();
      this.#close();
    };
    const callOff = this.thread === 'worker' ? awakeTimeout(close, RETIRE_MS) : () => undefined;
    this.#remote.dispose().then(close, close);
  }

  /** Whether it has not gone before. */
  #leave(error: VisavisError): boolean {
    if (this.#gone) return false;
    this.#gone = error;
    this.#reject(error);
    return true;
  }

  #close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#remote[releaseProxy]();
    this.#endpoint.close();
  }

  #crash(reason: string): void {
    // One that was about to end will not say when it has.
    if (this.#gone) this.#close();
    this.end(new VisavisError('backend-unavailable', `The engine stopped: ${reason}. Try again: the next call starts it anew.`));
  }

  #reject(error: Error): void {
    for (const reject of this.#underWay) reject(error);
  }
}

function unreadable(): VisavisError {
  const advice = 'its pixels may have been handed to another thread. Take the picture again.';
  return new VisavisError('bad-image', `The picture did not reach the engine: ${advice}`);
}
