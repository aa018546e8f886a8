import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf } from './halfFloat.js';

const FINITE = Array.from({ length: 0x7c00 }, (_, bits) => bits);

describe('halves', () => {
  it('are read as IEEE 754 says', () => {
    expect([0x0000, 0x0001, 0x03ff, 0x0400, 0x3555, 0x3c00, 0x7bff, 0xc000, 0x7c00, 0xfc00].map(decodeHalf)).toEqual([
      0,
      2 ** -24,
      1023 / 2 ** 24,
      2 ** -14,
      0.333251953125,
      1,
      65504,
      -2,
      Infinity,
      -Infinity,
    ]);
    expect(decodeHalf(0x8000)).toBe(-0);
    expect(decodeHalf(0x7e00)).toBeNaN();
  });

  it('survive being read and written, all of them', () => {
    expect(FINITE.filter((bits) => encodeHalf(decodeHalf(bits)) !== bits)).toEqual([]);
    expect(FINITE.filter((bits) => encodeHalf(decodeHalf(bits | 0x8000)) !== (bits | 0x8000))).toEqual([]);
    expect([Infinity, -Infinity, NaN].map(encodeHalf)).toEqual([0x7c00, 0xfc00, 0x7e00]);
  });

  it('are the nearest there are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7bfe }), fc.double({ min: 0, max: 1, noNaN: true }), (bits, t) => {
        const [below, above] = [decodeHalf(bits), decodeHalf(bits + 1)];
        const value = below + t * (above - below);
        const error = Math.abs(decodeHalf(encodeHalf(value)) - value);
        expect(error).toBeLessThanOrEqual(Math.min(value - below, above - value));
      }),
    );
    expect(decodeHalf(encodeHalf(65_519))).toBe(65_504);
    expect(decodeHalf(encodeHalf(1e6))).toBe(Infinity);
  });
});
