import { halve, type Pixels } from './Pixels.js';

/** Below this scale a picture is halved before bilinear sampling: sampling sparser than the pixels aliases. */
const MIN_SCALE = 0.6;

/** A picture and its successive halves, each made when first asked for. */
export class Pyramid {
  readonly width: number;
  readonly height: number;
  readonly #levels: Pixels[];

  constructor(picture: Pixels) {
    this.width = picture.width;
    this.height = picture.height;
    this.#levels = [picture];
  }

  /** The level to sample at `scale` (output pixels per source pixel): how often it is halved, and its pixels. */
  levelFor(scale: number): { level: number; pixels: Pixels } {
    let level = 0;
    while (scale * 2 ** level < MIN_SCALE && this.#at(level).width > 1 && this.#at(level).height > 1) level++;
    return { level, pixels: this.#at(level) };
  }

  #at(level: number): Pixels {
    while (this.#levels.length <= level) this.#levels.push(halve(this.#levels[this.#levels.length - 1]!));
    return this.#levels[level]!;
  }
}
