import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countUpTo } from './countUpTo.js';
import { thresholdAtRate } from './thresholdAtRate.js';

const distances = fc.array(
  fc.integer({ min: 1, max: 50 }).map((v) => v / 25),
  { minLength: 1, maxLength: 60 },
);

it('accepts at most the demanded share of impostors, and cannot accept more', () => {
  fc.assert(
    fc.property(distances, fc.double({ min: 0, max: 1, noNaN: true }), (d, rate) => {
      const sorted = [...d].sort((a, b) => a - b);
      const accepted = countUpTo(sorted, thresholdAtRate(sorted, rate));
      expect(accepted).toBeLessThanOrEqual(rate * d.length + 1e-9);
      const next = sorted[accepted];
      if (next !== undefined) expect(countUpTo(sorted, next)).toBeGreaterThan(rate * d.length - 1e-9);
    }),
  );
});
