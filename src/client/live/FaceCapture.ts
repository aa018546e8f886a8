import { idleCapture, nextCaptureState } from '../../ceremony/capture/nextCaptureState.js';
import type { CaptureEvent, CaptureState } from '../../shared/capture.js';
import { assertFactory } from '../../shared/factoryOnly.js';
import { assertCaptureOptions, type CaptureOptions } from './CaptureOptions.js';
import { CaptureRun, type CaptureParts } from './CaptureRun.js';
import { throwLater } from '../throwLater.js';
import { assertVerifierOrOptions } from '../VerifierSource.js';

/**
 * One capture as a state machine that any framework can render; made by `createCapture`. It can be started again once it is over, and any
 * number of times. Does nothing before `start`, so that it can be made while rendering and on a server.
 */
export class FaceCapture {
  readonly #parts: CaptureParts;
  readonly #options: CaptureOptions;
  readonly #listeners = new Set<() => void>();
  #state: CaptureState;
  #run: { readonly work: CaptureRun; readonly ended: Promise<CaptureState> } | null = null;

  /** @internal Use `createCapture`. */
  constructor(factory: symbol, parts: CaptureParts, options: CaptureOptions) {
    assertFactory(factory, 'FaceCapture', 'createCapture');
    assertVerifierOrOptions(parts.verifier, 'a face verifier or the options of one');
    assertCaptureOptions(options);
    this.#parts = parts;
    this.#options = { ...options };
    this.#state = idleCapture(options.mode);
  }

  /** The same object until something changes. */
  get state(): CaptureState {
    return this.#state;
  }

  /**
   * Calls back after each change; returns a function that ends that. Needs no `this`, so that it can be handed over as it is:
   * `useSyncExternalStore(capture.subscribe, () => capture.state)`.
   */
  readonly subscribe = (listener: () => void): (() => void) => {
    // The same function may be subscribed twice, and each is ended by itself.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  };

  /**
   * Starts, and resolves with the last state: `done`, `failed` or, after `cancel`, `idle`; never rejects. While it runs, further calls get
   * the same promise.
   */
  start(): Promise<CaptureState> {
    if (this.#run) return this.#run.ended;
    const work: CaptureRun = new CaptureRun(this.#parts, this.#options, (event) => {
      if (this.#run?.work === work) this.#apply(event);
    });
    let settle: (state: CaptureState) => void = () => {};
    const ended = new Promise<CaptureState>((resolve) => (settle = resolve));
    this.#run = { work, ended };
    void work.go().then((last) => {
      if (this.#run?.work === work) {
        this.#run = null;
        this.#apply(last);
        settle(this.#state);
      } else settle(idleCapture(this.#options.mode));
    });
    return ended; // a listener may have canceled it by now
  }

  /** Leaves out the step that is asked for now, if it can be, or ends `get-ready`; otherwise does nothing. */
  skip(): void {
    this.#run?.work.skip();
  }

  /** Ends it at any moment, or forgets the result. The camera goes off at once, and what was still being opened is closed as it comes. */
  cancel(): void {
    const run = this.#run;
    this.#run = null;
    run?.work.cancel();
    this.#apply({ type: 'phase', phase: 'idle' });
  }

  #apply(event: CaptureEvent): void {
    const next = nextCaptureState(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (error) {
        throwLater(error); // one view's trouble is not another's
      }
    }
  }
}
