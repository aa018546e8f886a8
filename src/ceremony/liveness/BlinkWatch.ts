import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** Watches for both eyes to be open, shut together for a moment, and open again. */
export class BlinkWatch {
  #rest: FaceState;
  #openAt: number | null = null;
  #shutAt: number | null = null;

  constructor(rest: FaceState) {
    this.#rest = rest;
  }

  /** 0 … 1; 1 once, for the frame in which the eyes are open again. */
  observe({ rightEye, leftEye }: FaceState, time: number): number {
    const right = rightEye / this.#rest.rightEye;
    const left = leftEye / this.#rest.leftEye;
    const most = Math.max(right, left);
    if (this.#shutAt === null) {
      if (most < L.eyeShut && this.#openAt !== null) this.#shutAt = time;
      else if (Math.min(right, left) >= L.eyeOpen) this.#openAt = time;
      return Math.max(0, Math.min(0.5, ((1 - most) / (1 - L.eyeShut)) * 0.5));
    }
    const lasted = time - this.#shutAt;
    if (lasted > L.blinkMax) {
      this.#shutAt = this.#openAt = null;
      return 0;
    }
    if (Math.min(right, left) < L.eyeOpen) return 0.75;
    // The last frame with open eyes may have been long before: the eyes were shut for at least what was seen of it.
    const blinked = time - this.#openAt! >= L.blinkMin;
    this.#shutAt = null;
    this.#openAt = time;
    return blinked ? 1 : 0;
  }
}
