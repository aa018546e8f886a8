import { MOST_SHORT, type Filter } from './Step.js';

/** A sum in steps of more than this many of the result's units would be too coarse. */
const MOST_FACTOR = 128;
/** A product keeps the upper bits of 31. */
const PRODUCT = 32_768;

/**
 * The weights of a depthwise convolution of 16-bit integers. A channel's sums are in steps of `factor` units of the result, as few as let no
 * sum of products leave 16 bits, whatever the inputs. `cap` is what the largest result is in those steps.
 * @param most what the inputs' 32,767 stands for; the result's stands for the end of the activation, which begins at 0
 * @returns [kh · kw weights, bias, cap, factor][c]; null if a channel would be too coarse, or a weight is not finite
 */
export function shortTaps({ weights, bias, activation }: Filter, most: number): Int16Array | null {
  const c = bias.length;
  const taps = weights.length / c;
  const out = new Int16Array(weights.length + 3 * c);
  // Rounding adds up to a half to each product, as rounding its weight does, and to the bias.
  const room = MOST_SHORT - 2 * taps - 1;
  if (room < MOST_SHORT / 2) return null;
  for (let n = 0; n < c; n++) {
    let [above, below] = [Math.max(0, bias[n]!), Math.max(0, -bias[n]!)];
    for (let tap = n; tap < weights.length; tap += c) {
      const size = weights[tap]! * most;
      if (size > 0) above += size;
      else below -= size;
    }
    const factor = Math.max(1, Math.ceil((Math.max(above, below) / activation.high) * (MOST_SHORT / room)));
    // Not "more than": NaN is not either.
    if (!(factor <= MOST_FACTOR)) return null;
    const largest = activation.high * factor;
    for (let tap = n; tap < weights.length; tap += c) out[tap] = Math.round(((weights[tap]! * most) / largest) * PRODUCT);
    out[weights.length + n] = Math.round((bias[n]! / largest) * MOST_SHORT);
    out[weights.length + c + n] = Math.floor(MOST_SHORT / factor);
    out[weights.length + 2 * c + n] = factor;
  }
  return out;
}
