import { createCapture } from '../client/live/createCapture.js';
import type { Camera } from '../client/camera/Camera.js';
import type { FaceCapture } from '../client/live/FaceCapture.js';
import type { FaceVerifier } from '../client/FaceVerifier.js';
import type { CaptureState } from '../shared/capture.js';
import type { Template } from '../shared/Template.js';
import { VisavisError } from '../shared/VisavisError.js';
import { eraseDeviceKey } from '../vault/deviceKey/eraseDeviceKey.js';
import { AttemptCount } from './AttemptCount.js';
import type { EngineKeeper } from './EngineKeeper.js';
import { IDLE, isRunning, type FlowState } from './FlowState.js';
import type { FlowSettings } from './FlowSettings.js';
import { outcomeOfError, outcomeOfResult } from './outcomeOf.js';
import type { OwnVerifier } from './OwnVerifier.js';
import { PermissionClock } from './PermissionClock.js';
import { assertShown, signedValue } from './signedValue.js';
import { TemplateShelf } from './TemplateShelf.js';
import { Trouble } from './Trouble.js';

/** As long as the vault waits for its own storage. */
const PATIENCE_MS = 10_000;

/** What a flow tells its element. */
export interface FlowListener {
  onChange: () => void;
  onCamera: (camera: Camera) => void;
  /** It came to an end by itself. */
  onEnd: (value: string | null) => void;
}

/** One try after another: template, engine, camera, ceremony, storing, signing. Whatever a try got, its end lets go of. */
export class CaptureFlow {
  readonly #listener: FlowListener;
  readonly #engine: EngineKeeper;
  #state: FlowState = IDLE;
  #abort: AbortController | null = null;
  #capture: FaceCapture | null = null;
  #over: Promise<void> = Promise.resolve();

  constructor(engine: EngineKeeper, listener: FlowListener) {
    this.#engine = engine;
    this.#listener = listener;
  }

  get state(): FlowState {
    return this.#state;
  }

  /**
   * Resolves when nothing of any try goes on: a cancelled one may still be writing what it had begun to write. A page's store that never answers
   * is not waited for.
   */
  get over(): Promise<void> {
    return atMost(this.#over, PATIENCE_MS);
  }

  /**
   * Never rejects; resolves when the try is over, whatever ended it. While one runs, another start does nothing.
   * @param choose what it works with; what goes wrong there ends it too
   */
  start(choose: () => FlowSettings | Promise<FlowSettings>): Promise<void> {
    if (this.#abort) return Promise.resolve();
    const abort = (this.#abort = new AbortController());
    const before = this.over;
    return (this.#over = this.#try(choose, abort, before));
  }

  async #try(choose: () => FlowSettings | Promise<FlowSettings>, abort: AbortController, before: Promise<void>): Promise<void> {
    this.#set({ ...IDLE, phase: 'loading' });
    let end: Partial<FlowState>;
    let value: string | null = null;
    try {
      const settings = await choose();
      // The one before gives back the try that it was counted as.
      await orAborted(before, abort.signal);
      const { result, value: signed } = await this.#run(settings, abort.signal);
      end = result ? { phase: 'done', result, outcome: outcomeOfResult(result) } : {};
      value = signed;
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      end = { phase: 'failed', error, outcome: outcomeOfError(error) };
    }
    if (this.#abort !== abort) return;
    this.#abort = null;
    abort.abort();
    this.#engine.rest();
    this.#set({ ...IDLE, ...end });
    this.#listener.onEnd(value);
  }

  /** Leaves out what is asked for now, where that can be, or ends the wait before the start. */
  skip(): void {
    this.#capture?.skip();
  }

  /** Ends it at any moment, or forgets how it ended. The camera goes off at once. */
  cancel(): void {
    const abort = this.#abort;
    this.#abort = null;
    abort?.abort();
    this.#capture?.cancel();
    this.#capture = null;
    if (abort) this.#engine.rest();
    this.#set(IDLE);
  }

  async #run(settings: FlowSettings, signal: AbortSignal): Promise<{ result: CaptureState['result']; value: string | null }> {
    if (isOff(signal)) return { result: null, value: null };
    const shelf = new TemplateShelf(settings.vault);
    const { mode, templateId, signing } = settings;
    if (signing) await assertShown(signing);
    // A page's store may never answer: then the next try need not wait for it.
    const template = mode === 'verify' ? await orAborted(templateFor(settings, shelf), signal) : null;
    const attempts = mode === 'verify' && templateId !== null ? await AttemptCount.begin(templateId) : null;
    if (isOff(signal)) {
      await attempts?.end(null);
      return { result: null, value: null };
    }
    let result: CaptureState['result'] = null;
    try {
      result = await this.#captured(settings, template, signal);
    } finally {
      await attempts?.end(result);
    }
    if (isOff(signal)) return { result, value: null };
    this.#set({ ...this.#state, phase: 'deciding' });
    if (result?.mode === 'enroll' && templateId !== null) {
      // What was registered for the face that lay there must never sign for this one: the server may refuse whom the page let enroll.
      if (!isOff(signal)) await eraseFormerKey(settings);
      if (!(await shelf.write(templateId, result.template, signal))) return { result, value: null };
      await AttemptCount.reset(templateId);
    }
    if (result?.mode === 'verify' && result.renewed && !settings.template && templateId !== null) {
      await shelf.renew(templateId, result.renewed, template!, signal);
    }
    if (isOff(signal)) return { result, value: null };
    return { result, value: signing && result ? await signedValue(result, signing, settings.deviceKey) : null };
  }

  async #captured(settings: FlowSettings, template: Template | null, signal: AbortSignal): Promise<CaptureState['result']> {
    const { verifier: given, engine, mode, fmr, liveness, getReady, renewFrom, camera } = settings;
    const onProgress = (loading: FlowState['loading']) => {
      if (!isOff(signal)) this.#set({ ...this.#state, loading });
    };
    const verifier = given === null ? await this.#engine.take(engine, signal, onProgress) : await verifierOf(given, signal);
    if (isOff(signal)) return null;
    const question = new PermissionClock((unanswered) => this.#set({ ...this.#state, unanswered }));
    const capture = createCapture(verifier, {
      ...{ mode, liveness, getReady },
      ...(template && { template }),
      ...(mode === 'verify' && fmr !== null && { fmr }),
      ...(mode === 'verify' && renewFrom && { renewFrom }),
      camera: 'frames' in camera ? camera : { ...camera, signal: question.signal },
      onCamera: (opened) => {
        question.stop();
        this.#listener.onCamera(opened);
      },
    });
    this.#capture = capture;
    const unsubscribe = capture.subscribe(() => {
      const { state } = capture;
      if (isOff(signal) || !isRunning(state)) return;
      question.watch(state.phase);
      this.#set({ ...this.#state, phase: state.phase, capture: state, loading: state.loading });
    });
    try {
      const last = await capture.start();
      if (question.over) throw new Trouble('camera-unanswered', 'The browser’s question about the camera was not answered in time.');
      if (last.error) {
        this.#engine.dropAfter(last.error);
        throw last.error;
      }
      return last.result;
    } finally {
      question.stop();
      unsubscribe();
      if (this.#capture === capture) this.#capture = null;
    }
  }

  #set(state: FlowState): void {
    this.#state = state;
    this.#listener.onChange();
  }
}

/** What a page's function does not give is not replaced by an engine of the element's: that may run another model. */
async function verifierOf(given: OwnVerifier, signal: AbortSignal): Promise<FaceVerifier> {
  if (typeof given !== 'function') return given;
  const own = await orAborted(Promise.resolve(given(signal)), signal);
  const { verifyLive } = (own ?? {}) as Partial<FaceVerifier>;
  if (typeof verifyLive === 'function') return own;
  throw new TypeError(`expected verifier to give a face verifier, got ${own === null ? 'null' : typeof own}`);
}

/** Deletes the key that is there already. Where the browser keeps nothing, and the page keeps the template, there is none. */
async function eraseFormerKey({ deviceKey, vault, signing }: FlowSettings): Promise<void> {
  try {
    await eraseDeviceKey({ name: deviceKey });
  } catch (error) {
    if (!(error instanceof VisavisError && error.code === 'vault-unavailable') || !vault || signing) throw error;
    // One that another tab does not let go of is there, though.
    if ((error.cause as Partial<Error> | undefined)?.name === 'TimeoutError') throw error;
  }
}

async function templateFor({ template, templateId, retention }: FlowSettings, shelf: TemplateShelf): Promise<Template> {
  const found = template ?? (templateId === null ? null : await shelf.read(templateId, retention));
  if (!found) throw new Trouble('template-missing', 'There is no template to verify: enroll first, or set template or template-id.');
  return found;
}

/** Resolves when the promise does, which never rejects, or after that time. */
async function atMost(promise: Promise<void>, milliseconds: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, milliseconds)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}

/** Settles like the promise, or rejects as soon as the signal fires. */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason as Error);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    promise.then(resolve, reject);
  });
}

/** Not a property that the compiler takes for settled. */
function isOff(signal: AbortSignal): boolean {
  return signal.aborted;
}
