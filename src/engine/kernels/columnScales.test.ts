import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnScales } from './columnScales.js';

const MOST = 4095;

describe('columnScales', () => {
  it('lets no sum leave 32 bits, whatever the inputs, and wastes little', () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 300 }),
        (weights) => {
          const [scale] = columnScales(Float32Array.from(weights), weights.length, 1)!;
          const levels = weights.map((w) => (scale > 0 ? Math.round(w / scale) : 0));
          // Inputs of the largest size, each with its weight's sign.
          const worst = levels.reduce((sum, level) => sum + MOST * Math.abs(level), 0);
          expect(worst).toBeLessThan(2 ** 31);
          const largest = Math.max(0, ...levels.map(Math.abs));
          expect(largest).toBeLessThan(2 ** 15);
          expect(scale === 0 || largest > 32_000 || worst > 1.9 * 2 ** 30).toBe(true);
        },
      ),
    );
  });

  it('gives each column a scale of its own, and columns of next to nothing none', () => {
    const [one, ten, none, tiny] = columnScales(Float32Array.of(1, 10, 0, 1e-30, -1, -10, 0, 0), 2, 4)!;
    expect(ten / one).toBeCloseTo(10, 5);
    expect([none, tiny]).toEqual([0, 0]);
  });

  it('gives up where too few levels are left, or a weight is no number', () => {
    expect(columnScales(new Float32Array(2000).fill(1), 2000, 1)).not.toBeNull();
    expect(columnScales(new Float32Array(2100).fill(1), 2100, 1)).toBeNull();
    expect(columnScales(Float32Array.of(1, NaN), 2, 1)).toBeNull();
    expect(columnScales(Float32Array.of(Infinity, 1), 1, 2)).toBeNull();
  });
});
