import type { FaceReport } from '../../shared/FaceReport.js';
import type { LivenessReason } from '../../shared/liveness.js';
import type { CeremonyFrame } from '../CeremonyFrame.js';
import { LIVENESS_LIMITS as L } from './limits.js';

/** Checks that one face stays in view, moves no faster than a face can, and does move. */
export class Continuity {
  #lastTime: number | null = null;
  #last: { face: FaceReport; time: number } | null = null;
  #aloneAt: number | null = null;
  #still = 0;

  /**
   * What went wrong since the previous frame; null: nothing.
   * @param lit whether the screen changes the light, so that a change of light proves nothing
   */
  observe({ time, faces, face }: CeremonyFrame, lit = false): LivenessReason | null {
    const gap = this.#lastTime === null ? 0 : time - this.#lastTime;
    this.#lastTime = time;
    if (gap > L.maxGap) return 'interrupted';
    if (!face) {
      this.#aloneAt ??= time;
      const away = time - this.#aloneAt;
      if (faces > 1) return away > L.maxSeveralFaces ? 'several-faces' : null;
      return away > L.maxAbsence ? 'no-face' : null;
    }
    this.#aloneAt = null;
    const last = this.#last;
    this.#last = { face, time };
    if (!last) return null;
    // A longer time is no reason for a larger change: within it anything may have happened.
    const seconds = Math.min(L.jumpTime, time - last.time) / 1000;
    if (jumped(last.face, face, seconds, lit)) return 'jump';
    this.#still = stir(last.face, face) < L.stillness ? this.#still + 1 : 0;
    return this.#still >= L.stillFrames ? 'frozen' : null;
  }
}

function jumped(from: FaceReport, to: FaceReport, seconds: number, lit: boolean): boolean {
  const bound = ([once, perSecond]: readonly [number, number]) => once + perSecond * seconds;
  const unit = from.quality.eyeDistance;
  const a = center(from);
  const b = center(to);
  const growth = Math.abs(Math.log(to.box.height / from.box.height));
  const rotation = Math.max(...(['yaw', 'pitch', 'roll'] as const).map((axis) => Math.abs(to.pose[axis] - from.pose[axis])));
  return (
    Math.hypot(b.x - a.x, b.y - a.y) / unit > bound(L.shift) ||
    growth > bound(L.growth) ||
    rotation > bound(L.rotation) ||
    (!lit && Math.abs(to.quality.brightness - from.quality.brightness) > bound(L.light))
  );
}

function center({ box }: FaceReport): { x: number; y: number } {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Root mean square of the mesh points' motion in the picture, in distances between the eyes. */
function stir({ mesh: a, quality }: FaceReport, { mesh: b }: FaceReport): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 3) sum += (a[i]! - b[i]!) ** 2 + (a[i + 1]! - b[i + 1]!) ** 2;
  return Math.sqrt((3 * sum) / a.length) / quality.eyeDistance;
}
