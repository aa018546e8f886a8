import fc from 'fast-check';
import { expect, it } from 'vitest';
import { interval } from './interval.js';

const rate = fc.double({ min: 0, max: 1, noNaN: true });

it('is the middle 95 %, rounded outwards', () => {
  const values = Array.from({ length: 201 }, (_, i) => 0.1 + i * 0.00011);
  expect(interval(values, 0.11, 100)).toEqual([0.1, 0.122]);
});

it('always holds the rate, and never leaves 0 … 1', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(rate, fc.constant(NaN)), { maxLength: 50 }), rate, fc.integer({ min: 0, max: 99 }), (values, r, n) => {
      const [low, high] = interval(values, r, n);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(low).toBeLessThanOrEqual(r);
      expect(high).toBeGreaterThanOrEqual(r);
      expect(high).toBeLessThanOrEqual(1);
    }),
  );
});

it('knows nothing from few people, and does not take an error that never happened for impossible', () => {
  expect(interval([0.1, 0.2], 0.1, 9)).toEqual([0, 1]);
  expect(interval([NaN], 0.1, 50)).toEqual([0, 1]);
  const [low, high] = interval([0, 0, 0], 0, 20);
  expect(low).toBe(0);
  expect((1 - high) ** 20).toBeCloseTo(0.025, 3);
  expect(interval([1, 1, 1], 1, 20)).toEqual([expect.closeTo(1 - high, 3), 1]);
});
