import type { Camera, FaceReport, FaceVerifier } from '../../src/index.js';
import { hintFor, type Hint } from './hints.js';
import { pageVisible } from './pageVisible.js';

/** What was seen in one frame, by whichever call looked at it. */
export interface Sighting {
  readonly faces: readonly FaceReport[];
  readonly hint: Hint;
}

/** Looks at one frame on the engine's time and returns what it saw along with its own result. */
export type Look<T> = (video: HTMLVideoElement) => Promise<{ readonly sighting: Sighting; readonly value: T }>;

/** Milliseconds. Idle frames needn't come faster: the engine's time costs battery. */
const IDLE_PERIOD = 60;

/**
 * Owns the verifier's time while the camera runs: every frame goes through the engine once. Frames that nobody asked for are analyzed for
 * the outline and the hint. A task takes frames with `look` and has the engine to itself until it ends.
 */
export class FrameLoop {
  #request: ((video: HTMLVideoElement) => Promise<Sighting | null>) | null = null;
  #tasks = 0;

  constructor(
    private readonly verifier: FaceVerifier,
    private readonly onSighting: (sighting: Sighting, ms: number) => void,
  ) {}

  /** Runs until the signal fires (rejects with `aborted`), the camera is gone or the engine fails (rejects with their error). */
  async run(camera: Camera, signal: AbortSignal): Promise<void> {
    let idleAt = 0;
    for await (const video of camera.frames({ signal })) {
      await pageVisible(signal);
      const start = performance.now();
      const request = this.#request;
      this.#request = null;
      if (!request && (this.#tasks > 0 || start < idleAt)) continue;
      const sighting = request ? await request(video) : await this.#analyze(video, signal);
      if (signal.aborted) return;
      if (sighting) this.onSighting(sighting, performance.now() - start);
      idleAt = start + IDLE_PERIOD;
    }
  }

  /** Gives a task the engine to itself; idle frames are skipped meanwhile. */
  async exclusively<T>(task: () => Promise<T>): Promise<T> {
    this.#tasks++;
    try {
      return await task();
    } finally {
      this.#tasks--;
    }
  }

  /** Looks at the next frame. */
  look<T>(look: Look<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        this.#request = null;
        reject(signal.reason as Error);
      };
      if (signal.aborted) {
        onAbort();
        return;
      }
      signal.addEventListener('abort', onAbort, { once: true });
      this.#request = async (video) => {
        try {
          const { sighting, value } = await look(video);
          resolve(value);
          return sighting;
        } catch (error) {
          // The task's trouble, not the loop's.
          reject(error instanceof Error ? error : new Error(String(error)));
          return null;
        } finally {
          signal.removeEventListener('abort', onAbort);
        }
      };
    });
  }

  async #analyze(video: HTMLVideoElement, signal: AbortSignal): Promise<Sighting> {
    const faces = await this.verifier.analyze(video, { signal });
    return { faces, hint: hintFor(faces) };
  }
}
