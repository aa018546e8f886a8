import { between } from './seeded.js';
import type { ScreenLight } from './ScreenLight.js';
import type { Canvas } from './types.js';

const STEPS = 4095;
/** Light for a value of 0 … 255, and back (sRGB). */
const DECODED = Float32Array.from({ length: 256 }, (_, i) => (i <= 10 ? i / 255 / 12.92 : ((i / 255 + 0.055) / 1.055) ** 2.4));
const ENCODED = Uint8ClampedArray.from({ length: STEPS + 1 }, (_, i) => {
  const v = i / STEPS;
  return 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
});
const LUMA = [0.2126, 0.7152, 0.0722];
/** Every so manieth pixel is metered. */
const METERED = 13;

/**
 * Lights what was drawn by the screen, and exposes and balances it as cameras do: slowly back to how bright and how gray the picture was at
 * first.
 */
export class LitCamera {
  readonly #gains = [1, 1, 1];
  /** Mean light of the first picture. */
  #first: number[] | null = null;
  #last = 0;
  readonly #exposure: number;
  readonly #balance: number;
  readonly #degree: number;

  constructor(
    private readonly screen: ScreenLight,
    random: () => number,
  ) {
    // Milliseconds until most is made good, and how much of a tint is.
    this.#exposure = between(random, 300, 1500);
    this.#balance = between(random, 1500, 6000);
    this.#degree = between(random, 0, 0.7);
  }

  /** @param lit the screen's light on each pixel, in shares of the room's light there */
  develop({ data, lit }: Canvas & { lit: Float32Array }, now: number): void {
    const light = this.screen.at(now).map((c) => c * this.screen.strength);
    const means = [0, 0, 0];
    let metered = 0;
    for (let p = 0; p < lit.length; p++) {
      const isMetered = p % METERED === 0;
      if (isMetered) metered++;
      for (let c = 0; c < 3; c++) {
        const v = DECODED[data[4 * p + c]] * (1 + lit[p] * light[c]);
        if (isMetered) means[c] += v;
        data[4 * p + c] = ENCODED[Math.min(STEPS, Math.round(v * this.#gains[c] * STEPS))];
      }
    }
    this.#adapt(
      means.map((sum) => sum / metered),
      now,
    );
  }

  #adapt(means: number[], now: number): void {
    this.#first ??= means;
    const luma = (rgb: number[]) => rgb.reduce((sum, v, c) => sum + LUMA[c] * v, 0);
    const exposure = luma(this.#first) / luma(means);
    const elapsed = now - this.#last;
    this.#last = now;
    // Of the gains as they were: each channel's is changed below.
    const common = Math.log(this.#brightness());
    const [quick, slow] = [1 - Math.exp(-elapsed / this.#exposure), 1 - Math.exp(-elapsed / this.#balance)];
    for (let c = 0; c < 3; c++) {
      const tint = this.#first[c] / means[c] / exposure;
      const goal = Math.log(exposure) + this.#degree * Math.log(tint);
      const own = Math.log(this.#gains[c]) - common;
      const balanced = own + slow * (goal - Math.log(exposure) - own);
      this.#gains[c] = Math.exp(common + quick * (Math.log(exposure) - common) + balanced);
    }
  }

  #brightness(): number {
    return Math.cbrt(this.#gains[0] * this.#gains[1] * this.#gains[2]);
  }
}
