import type { Normalization, Picture } from './Picture.js';
import { halve, type Pixels } from './Pixels.js';
import { sampleGrid } from './sampleGrid.js';
import type { Similarity } from './Similarity.js';
import { warp } from './warp.js';

/** A picture sampled in JavaScript, with its successive halves, each made when first asked for. */
export class PixelPicture implements Picture {
  readonly width: number;
  readonly height: number;
  readonly #levels: Pixels[];

  constructor(pixels: Pixels) {
    this.width = pixels.width;
    this.height = pixels.height;
    this.#levels = [pixels];
  }

  sample(toOutput: Similarity, size: number, normalization: Normalization, out: Float32Array): void {
    const grid = sampleGrid(toOutput, this.width, this.height);
    while (this.#levels.length <= grid.level) this.#levels.push(halve(this.#levels.at(-1)!));
    warp(this.#levels[grid.level]!, grid, size, normalization, out);
  }
}
