import { LIVENESS_LIMITS as L } from './limits.js';
import type { FaceState } from './readFace.js';

/** Waits for both eyes to be open, then shut together for a moment, then open again. */
export class BlinkWatch {
  #rest: FaceState;
  #openAt: number | null = null;
  #shutAt: number | null = null;

  constructor(rest: FaceState) {
    this.#rest = rest;
  }

  /** 0 … 1; it is 1 just once, for the frame in which the eyes are open again. */
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
    // From the last frame with open eyes: one frame with shut ones has to do, and at 30 a second it is sooner over than the shortest blink.
    const blinked = time - this.#openAt! >= L.blinkMin;
    this.#shutAt = null;
    this.#openAt = time;
    return blinked ? 1 : 0;
  }
}
