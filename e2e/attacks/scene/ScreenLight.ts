import { linearOf } from '../../../src/ceremony/liveness/lightColors.js';

type Rgb = readonly [number, number, number];
const NONE: Rgb = [0, 0, 0];
/** Milliseconds until a camera's picture shows what the page was told to show, and that the page takes to fade to it. */
const LATE = 120;
const FADE = 300;

/** The light that a page's screen throws on what is before it: told the colors, fades from one to the next. */
export class ScreenLight {
  #from = NONE;
  #to = NONE;
  #since = -Infinity;

  /** @param strength of white, on a face that looks into it, in shares of the room's light */
  constructor(readonly strength: number) {}

  show(color: string | null, now: number): void {
    this.#from = this.at(now + LATE);
    this.#to = color === null ? NONE : linearOf(color);
    this.#since = now + LATE;
  }

  /** Linear red, green and blue, 0 … 1. */
  at(now: number): Rgb {
    const share = Math.min(1, Math.max(0, (now - this.#since) / FADE));
    const mix = (c: 0 | 1 | 2) => this.#from[c] + share * (this.#to[c] - this.#from[c]);
    return [mix(0), mix(1), mix(2)];
  }
}
