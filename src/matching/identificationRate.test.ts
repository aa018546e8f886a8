import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fmrForFpir, fpirForFmr } from './identificationRate.js';

const rate = fc.double({ min: -9, max: -0.01, noNaN: true }).map((e) => 10 ** e);
const size = fc.integer({ min: 1, max: 1_000_000 });

describe('fmrForFpir', () => {
  it('is the rate itself for one entry', () => {
    fc.assert(
      fc.property(rate, (r) => {
        expect(fmrForFpir(r, 1)).toBe(r);
      }),
    );
  });

  it('falls as the gallery grows and rises with the rate', () => {
    fc.assert(
      fc.property(rate, rate, size, size, (r, s, n, m) => {
        if (n < m) expect(fmrForFpir(r, n)).toBeGreaterThan(fmrForFpir(r, m));
        if (r < s) expect(fmrForFpir(r, n)).toBeLessThanOrEqual(fmrForFpir(s, n));
      }),
    );
  });

  it('is undone by fpirForFmr, also for small rates and large galleries', () => {
    fc.assert(
      fc.property(rate, size, (r, n) => {
        expect(fpirForFmr(fmrForFpir(r, n), n) / r).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is the chance of at least one false match among independent comparisons', () => {
    expect(fpirForFmr(0.1, 2)).toBeCloseTo(0.19, 12);
    expect(fmrForFpir(0.19, 2)).toBeCloseTo(0.1, 12);
    expect(fmrForFpir(1e-2, 1000) / 1.005e-5).toBeCloseTo(1, 3);
  });

  it('refuses what is no rate or no size', () => {
    for (const wrong of [0, 1, -0.1, NaN]) {
      expect(() => fmrForFpir(wrong, 10)).toThrow(RangeError);
      expect(() => fpirForFmr(wrong, 10)).toThrow(RangeError);
    }
    for (const wrong of [0, 1.5, -1, NaN]) expect(() => fmrForFpir(0.01, wrong)).toThrow(/positive integer/);
    expect(() => fmrForFpir('0.01' as unknown as number, 10)).toThrow(TypeError);
  });
});
