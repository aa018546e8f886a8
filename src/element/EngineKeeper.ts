import { createFaceVerifier } from '../client/createFaceVerifier.js';
import type { FaceVerifier } from '../client/FaceVerifier.js';
import type { LoadProgress } from '../shared/options.js';
import { VisavisError } from '../shared/VisavisError.js';

/** What makes one engine another. */
export interface EngineChoice {
  readonly modelsUrl: string | null;
  readonly model: string | null;
  readonly workerUrl: string | null;
}

/** How long an engine that nothing uses is kept for the next try, milliseconds. */
const KEEP = 60_000;

const ENDED: readonly string[] = ['backend-unavailable', 'disposed', 'model-corrupt'];

type Create = typeof createFaceVerifier;

/** Keeps the engine from one try to the next, and lets go of it some time after the last. */
export class EngineKeeper {
  readonly #create: Create;
  #held: { readonly key: string; readonly verifier: FaceVerifier } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(create: Create = createFaceVerifier) {
    this.#create = create;
  }

  /** The engine, loaded where it is not held. One that comes too late for the signal is let go of. */
  async take(choice: EngineChoice, signal: AbortSignal, onProgress: (progress: LoadProgress) => void): Promise<FaceVerifier> {
    clearTimeout(this.#timer);
    const { modelsUrl, model, workerUrl } = choice;
    const key = JSON.stringify([modelsUrl, model, workerUrl]);
    if (this.#held?.key === key) return this.#held.verifier;
    this.drop();
    const options = {
      ...(modelsUrl !== null && { modelsUrl }),
      ...(model !== null && { model }),
      ...(workerUrl !== null && { workerUrl }),
    };
    const verifier = await this.#create({ ...options, signal, onProgress });
    if (signal.aborted) verifier.dispose();
    else this.#held = { key, verifier };
    return verifier;
  }

  /** Nobody uses it for now. */
  rest(): void {
    clearTimeout(this.#timer);
    if (this.#held) this.#timer = setTimeout(() => this.drop(), KEEP);
  }

  /** An engine that ended is no good for the next try. */
  dropAfter(error: Error): void {
    if (error instanceof VisavisError && ENDED.includes(error.code)) this.drop();
  }

  drop(): void {
    clearTimeout(this.#timer);
    this.#held?.verifier.dispose();
    this.#held = null;
  }
}
