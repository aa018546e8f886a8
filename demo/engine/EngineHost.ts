import { createFaceVerifier, type BackendChoice, type FaceVerifier, type VerifierInfo } from '../../src/index.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { noticeOf, noticeOfUnmeasured, type Notice } from '../state/notices.js';
import { backendChoice } from './backendChoice.js';
import { modelChoice, USUAL_MODEL } from './modelChoice.js';

/** Where the pages find the models. */
export const MODELS_URL = './models/';

/** Owns the verifier: loads it, reports its progress, and drops it when it fails. */
export class EngineHost {
  #verifier: FaceVerifier | null = null;
  #why: unknown = null;

  /** `unmeasured: true` is for a page that doesn't say who anyone is: it also accepts a model without operating points. */
  constructor(
    private readonly store: PageStore,
    private readonly takes = { unmeasured: false },
  ) {}

  /** Null until the engine is ready. */
  get verifier(): FaceVerifier | null {
    return this.#verifier;
  }

  async load(): Promise<void> {
    const { store } = this;
    const start = performance.now();
    setNotice(store, 'engine', null);
    store.set({ engine: { state: 'loading', stage: 'backend', loaded: 0, total: 0 } });
    try {
      this.#verifier = await createFaceVerifier({
        modelsUrl: MODELS_URL,
        model: modelChoice(),
        backend: backendChoice() satisfies BackendChoice,
        onProgress: (progress) => {
          if (store.state.engine.state === 'loading') store.set({ engine: { state: 'loading', ...progress } });
        },
      });
      const { info } = this.#verifier;
      if (info.operatingPoints.length === 0 && !this.takes.unmeasured) this.#refuse(info);
      else store.set({ engine: { state: 'ready', info, loadMs: performance.now() - start } });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Resolves with the verifier once it is there. */
  async ready(signal?: AbortSignal): Promise<FaceVerifier> {
    await this.store.until(({ engine }) => engine.state === 'ready', signal);
    return this.#verifier!;
  }

  /** For a try that somebody starts: loads an engine that has ended anew. Rejects with the reason why there is none. */
  async take(signal: AbortSignal): Promise<FaceVerifier> {
    if (this.store.state.engine.state === 'error') void this.load();
    await this.store.until(({ engine }) => engine.state !== 'loading', signal);
    if (!this.#verifier) throw this.#why;
    return this.#verifier;
  }

  /** The engine no longer works: says why and drops it. */
  fail(error: unknown): void {
    this.#why = error;
    this.#end(noticeOf(error));
  }

  #refuse(info: VerifierInfo): void {
    const notice = noticeOfUnmeasured(info);
    this.#why = new Error(notice.message);
    this.#end(notice);
  }

  #end(notice: Notice): void {
    this.#verifier?.dispose();
    this.#verifier = null;
    setNotice(this.store, 'engine', withWayOut(notice));
    this.store.set({ engine: { state: 'error' } });
  }
}

/** Lets the person undo a choice that they made on this page. */
function withWayOut(notice: Notice): Notice {
  const { code, message } = notice;
  const model = modelChoice();
  if (code === 'backend-unavailable' && backendChoice() !== 'auto') return { ...notice, action: 'use-automatic-backend' };
  const ofModel = code === 'unmeasured' || ((code === 'model-missing' || code === 'model-corrupt') && message.includes(`/${model}/`));
  return ofModel && model !== USUAL_MODEL ? { ...notice, action: 'use-usual-model' } : notice;
}
