import type { Canvas, Filmed, Motion, Picture } from './types.js';

/** A camera: it films what is put before it, with the noise that every sensor has. */
export class Film {
  readonly #canvas: Canvas;
  readonly #noise: Int8Array;
  readonly #random: () => number;

  /** @param behind what is seen where nothing is drawn */
  constructor(
    private readonly behind: Picture,
    random: () => number,
    noise = 2.5,
  ) {
    const { width, height } = behind;
    this.#canvas = { width, height, data: new Uint8ClampedArray(width * height * 4), depth: new Float32Array(width * height) };
    this.#random = random;
    // A sum of three even ones is normal enough; read from a random place for every frame.
    this.#noise = Int8Array.from({ length: 1 << 16 }, () => Math.round((random() + random() + random() - 1.5) * 2 * noise));
  }

  frame(filmed: readonly { what: Filmed; motion: Motion }[]): Picture {
    const { width, height, data, depth } = this.#canvas;
    data.set(this.behind.data);
    depth.fill(Infinity);
    for (const { what, motion } of filmed) what.draw(this.#canvas, motion);
    const start = Math.floor(this.#random() * (1 << 16));
    const out = new Uint8ClampedArray(data);
    for (let i = 0; i < out.length; i++) if ((i & 3) !== 3) out[i] += this.#noise[(i * 7 + (i >> 16) * 131 + start) & 0xffff];
    return { width, height, data: out };
  }
}
