import type { CapturePhase } from '../shared/capture.js';

/** When help is shown beside an open question, and when it is given up, milliseconds that the page is visible. */
const HELP_AFTER = 12_000;
const LIMIT = 60_000;
const TICK = 1000;

/**
 * How long the browser's question about the camera has been open. Some browsers never ask, and never answer: then its signal ends the
 * opening.
 */
export class PermissionClock {
  readonly #abort = new AbortController();
  readonly #tell: (unanswered: boolean) => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #passed = 0;

  constructor(tell: (unanswered: boolean) => void) {
    this.#tell = tell;
  }

  /** Fires when nobody answered in time. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  get over(): boolean {
    return this.#abort.signal.aborted;
  }

  watch(phase: CapturePhase): void {
    if (phase !== 'asking-for-camera') this.stop();
    else this.#timer ??= setInterval(() => this.#tick(), TICK);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#passed >= HELP_AFTER) this.#tell(false);
    this.#passed = 0;
  }

  #tick(): void {
    if (document.visibilityState !== 'visible') return;
    this.#passed += TICK;
    if (this.#passed === HELP_AFTER) this.#tell(true);
    if (this.#passed < LIMIT) return;
    this.#abort.abort();
    this.stop();
  }
}
