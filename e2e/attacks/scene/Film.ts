import type { LitCamera } from './LitCamera.js';
import type { Canvas, Filmed, Motion, Picture } from './types.js';

/** The screen's light on what is far behind. */
const BEHIND = 0.06;

/** A camera: it films what is put before it, with the noise that every sensor has. */
export class Film {
  readonly #canvas: Canvas;
  readonly #noise: Int8Array;
  readonly #random: () => number;

  /** @param behind what is seen where nothing is drawn @param camera where a screen lights what is filmed @param frontal see `Canvas` */
  constructor(
    private readonly behind: Picture,
    random: () => number,
    noise = 2.5,
    private readonly camera: LitCamera | null = null,
    frontal = 0,
  ) {
    const { width, height } = behind;
    this.#canvas = {
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
      depth: new Float32Array(width * height),
      lit: camera ? new Float32Array(width * height) : null,
      frontal,
    };
    this.#random = random;
    // A sum of three even ones is normal enough; read from a random place for every frame.
    this.#noise = Int8Array.from({ length: 1 << 16 }, () => Math.round((random() + random() + random() - 1.5) * 2 * noise));
  }

  /** @param now milliseconds; for light, and for what moves by itself */
  frame(filmed: readonly { what: Filmed; motion: Motion }[], now = 0): Picture {
    const { width, height, data, depth, lit } = this.#canvas;
    data.set(this.behind.data);
    depth.fill(Infinity);
    lit?.fill(BEHIND);
    for (const { what, motion } of filmed) what.draw(this.#canvas, motion, now);
    if (lit) this.camera?.develop({ ...this.#canvas, lit }, now);
    const start = Math.floor(this.#random() * (1 << 16));
    const out = new Uint8ClampedArray(data);
    for (let i = 0; i < out.length; i++) if ((i & 3) !== 3) out[i] += this.#noise[(i * 7 + (i >> 16) * 131 + start) & 0xffff];
    return { width, height, data: out };
  }
}
