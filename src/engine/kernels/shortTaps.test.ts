import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clamp } from './planFilter.js';
import { shortTaps } from './shortTaps.js';

const MOST = 32_767;

describe('shortTaps', () => {
  it('lets no sum leave 16 bits, whatever the inputs, and keeps what the weights stand for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, min: -20, max: 20 }), { minLength: 9, maxLength: 9 }),
        fc.float({ noNaN: true, min: -20, max: 20 }),
        fc.constantFrom(6, 1),
        fc.constantFrom(6, 2.5),
        (weights, bias, most, high) => {
          const filter = { weights: Float32Array.from(weights), bias: Float32Array.of(bias), activation: clamp(0, high) };
          const taps = shortTaps(filter, most);
          if (!taps) return;
          const [levels, [offset, cap, factor]] = [[...taps.subarray(0, 9)], taps.subarray(9)];
          const products = levels.map((level) => (level * MOST + 16_384) >> 15);
          for (const sign of [1, -1]) {
            const sum = [...products, offset].reduce((all, v) => all + Math.max(0, sign * v), 0);
            expect(sum).toBeLessThanOrEqual(MOST);
          }
          expect(cap * factor).toBeLessThanOrEqual(MOST);
          const step = (high * factor) / MOST;
          levels.forEach((level, i) => expect(Math.abs((level * MOST * step) / 32_768 - weights[i] * most)).toBeLessThan(step));
          expect(Math.abs(offset * step - bias)).toBeLessThan(step);
        },
      ),
    );
  });

  it('is null where steps would be too coarse, or a weight is not finite', () => {
    const filter = (first: number) => ({
      weights: new Float32Array(9).fill(first, 0, 1),
      bias: new Float32Array(1),
      activation: clamp(0, 6),
    });
    expect(shortTaps(filter(100), 6)).not.toBeNull();
    for (const first of [129, Infinity, NaN]) expect(shortTaps(filter(first), 6)).toBeNull();
  });
});
