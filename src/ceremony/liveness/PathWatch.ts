import { leastBlend, type View } from './blendOf.js';
import { LIVENESS_LIMITS as L } from './limits.js';

/** A frame on the way. */
interface Step {
  /** How much of the action it shows: 0 at rest, 1 where it counts, more beyond. */
  readonly level: number;
  readonly contrast: number;
  /** What the camera saw; null where nobody drew it. */
  readonly view: View | null;
}

/**
 * Watches the way from rest to a pose. A head passes through everything that lies between, so some frames show it there, as clearly as
 * before and after. Pictures that are shown in turn lie where they were taken. One that fades into the next has less contrast than either,
 * and is nothing but a blend of the two (a picture that stays is one of itself). Whoever came without being seen on the way has to go back
 * and come again.
 */
export class PathWatch {
  /** The frames since the last rest. */
  #steps: Step[] = [];
  #missed = false;

  /** @param contrast of the face at rest */
  constructor(private readonly contrast: number) {}

  /** Whether the pose was reached without the way to it, and rest not since. */
  get missed(): boolean {
    return this.#missed;
  }

  observe(step: Step): void {
    if (this.#missed && step.level > L.backAtRest) return;
    this.#missed = false;
    if (step.level <= L.pathFrom) this.restart();
    this.#steps.push(step);
  }

  /** Forgets the way: frames are missing from it. */
  restart(): void {
    this.#steps = [];
  }

  /** The pose was held for a while: whether frames on different parts of the way were seen before. */
  arrive(): boolean {
    const peak = Math.max(...this.#steps.map(({ level }) => level));
    const inPose = Math.max(...this.#steps.filter(({ level }) => level >= 1).map(({ contrast }) => contrast));
    const clear = L.pathContrast * Math.min(this.contrast, inPose);
    const steps = withoutRepeats(this.#steps);
    const views = steps.map(({ view }) => view);
    let [seen, before] = [0, -Infinity];
    for (const [i, { level, contrast }] of steps.entries()) {
      const share = level / peak;
      if (share < L.pathFrom || share > L.pathTo || share < before + L.pathStep || contrast < clear) continue;
      if (views[i] && (leastBlend(views, i, L.pathDiffering) ?? 0) < L.pathBlend) continue;
      seen++;
      before = share;
    }
    const arrived = seen >= L.pathFrames;
    if (!arrived) this.miss();
    return arrived;
  }

  /** Too little was seen on the way: it has to be come again. */
  miss(): void {
    this.#missed = true;
    this.restart();
  }
}

/** Without frames that a camera delivers twice: to the last bit the picture before, which noise never gives. */
function withoutRepeats(steps: readonly Step[]): Step[] {
  return steps.filter(({ view }, i) => {
    const before = steps[i - 1]?.view;
    return !view || !before || view.thumbnail.data.some((value, at) => value !== before.thumbnail.data[at]);
  });
}
