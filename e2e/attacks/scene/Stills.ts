import { Film } from './Film.js';
import type { HeadModel } from './HeadModel.js';
import { REST, type Canvas, type Filmed, type Motion, type Picture } from './types.js';

/** One picture after another in the place of a person, as photographs on a screen: each of one head in one pose. */
export class Stills implements Filmed {
  readonly #head: HeadModel;
  readonly #still: Film;
  readonly #pictures = new Map<string, Picture>();
  #timeline: { readonly at: number; readonly motion: Motion }[] = [{ at: -Infinity, motion: REST }];

  /** @param fade how long one picture fades into the next, milliseconds; 0: hard cuts */
  constructor(
    head: HeadModel,
    random: () => number,
    private readonly fade: number,
  ) {
    this.#head = head;
    this.#still = new Film(head.picture, random, 0);
  }

  /** The pose of the picture that is shown, or faded in, from this time on. */
  at(now: number): Motion {
    return this.#timeline[this.#indexAt(now)].motion;
  }

  /** Shows these from some times on, and none that was planned for later. */
  plan(steps: readonly { readonly at: number; readonly motion: Motion }[]): void {
    const first = steps[0]?.at ?? Infinity;
    this.#timeline = [...this.#timeline.filter(({ at }) => at < first), ...steps];
  }

  draw(canvas: Canvas, _motion: Motion, now = 0): void {
    const index = this.#indexAt(now);
    const { at, motion } = this.#timeline[index];
    const to = this.#picture(motion).data;
    const share = this.fade === 0 ? 1 : Math.min(1, (now - at) / this.fade);
    if (share >= 1) {
      canvas.data.set(to);
      return;
    }
    const from = this.#picture(this.#timeline[index - 1].motion).data;
    for (let i = 0; i < to.length; i++) canvas.data[i] = (1 - share) * from[i] + share * to[i];
  }

  #indexAt(now: number): number {
    return this.#timeline.findLastIndex(({ at }) => at <= now);
  }

  #picture(motion: Motion): Picture {
    const key = JSON.stringify(motion);
    let picture = this.#pictures.get(key);
    if (!picture) this.#pictures.set(key, (picture = this.#still.frame([{ what: this.#head, motion }])));
    return picture;
  }
}
