import { decodeHalf } from './halfFloat.js';

const EXPONENT = 0x7c00;
/** What a float's exponent is above a half's, where both have their bits in a float. */
const BIAS = (127 - 15) << 23;

/** What newer browsers have, and others go without. */
// eslint-disable-next-line es-x/no-float16array -- it may be undefined
const { Float16Array: Halves } = globalThis as { Float16Array?: new (...at: [ArrayBufferLike, number, number]) => ArrayLike<number> };

/** The numbers that halves stand for. */
export function decodeHalves(stored: Uint16Array): Float32Array {
  return Halves ? new Float32Array(new Halves(stored.buffer, stored.byteOffset, stored.length)) : moveBits(stored);
}

/**
 * The same for other browsers. A start waits for hundreds of thousands of these: exponent and fraction of most only move to another place. Zeros,
 * subnormal ones and what is no number are left to `decodeHalf`.
 */
export function moveBits(stored: Uint16Array): Float32Array {
  const out = new Float32Array(stored.length);
  const bits = new Int32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = stored[i]!;
    const exponent = half & EXPONENT;
    if (exponent === 0 || exponent === EXPONENT) out[i] = decodeHalf(half);
    else bits[i] = ((half & 0x8000) << 16) | (((half & 0x7fff) << 13) + BIAS);
  }
  return out;
}
