import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortedEqualErrorRate } from './sortedEqualErrorRate.js';

const distances = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 20 }).map((v) => v / 10) }, fc.constant(Infinity)), {
    minLength: 1,
    maxLength: 30,
  })
  .map((d) => d.sort((a, b) => a - b));

it('is where the two rates are closest, of all distances tried one by one', () => {
  fc.assert(
    fc.property(distances, distances, (genuine, impostor) => {
      const at = (t: number) => {
        const fmr = impostor.filter((d) => d <= t).length / impostor.length;
        const fnmr = genuine.filter((d) => d > t).length / genuine.length;
        return { gap: Math.abs(fmr - fnmr), rate: (fmr + fnmr) / 2 };
      };
      const tried = [...genuine, ...impostor].filter(Number.isFinite).map(at);
      const found = sortedEqualErrorRate(genuine, impostor);
      if (tried.length === 0) {
        expect(found).toEqual({ rate: 1, threshold: 0 });
        return;
      }
      expect(at(found.threshold).rate).toBeCloseTo(found.rate, 12);
      expect(at(found.threshold).gap).toBeCloseTo(Math.min(...tried.map(({ gap }) => gap)), 12);
    }),
  );
});
