import { createFaceVerifier, VisavisError, type BackendChoice, type FaceVerifier } from '../../src/index.js';
import { setNotice, type PageStore } from '../state/PageState.js';
import { noticeOf } from '../state/notices.js';
import { backendChoice } from './backendChoice.js';

/** Owns the verifier: loads it, reports its progress, and gives it up when it fails. */
export class EngineHost {
  #verifier: FaceVerifier | null = null;

  constructor(private readonly store: PageStore) {}

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
        modelsUrl: './models/',
        backend: backendChoice() satisfies BackendChoice,
        onProgress: (progress) => {
          if (store.state.engine.state === 'loading') store.set({ engine: { state: 'loading', ...progress } });
        },
      });
      store.set({ engine: { state: 'ready', info: this.#verifier.info, loadMs: performance.now() - start } });
    } catch (error) {
      this.fail(error);
    }
  }

  /** Resolves with the verifier once it is there. */
  async ready(signal?: AbortSignal): Promise<FaceVerifier> {
    await this.store.until(({ engine }) => engine.state === 'ready', signal);
    return this.#verifier!;
  }

  /** The engine is of no use any more: says why and lets go of it. */
  fail(error: unknown): void {
    this.#verifier?.dispose();
    this.#verifier = null;
    const notice = noticeOf(error);
    const chosen = error instanceof VisavisError && error.code === 'backend-unavailable' && backendChoice() !== 'auto';
    setNotice(this.store, 'engine', chosen ? { ...notice, action: 'use-automatic-backend' } : notice);
    this.store.set({ engine: { state: 'error' } });
  }
}
