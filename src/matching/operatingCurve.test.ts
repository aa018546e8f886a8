import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperatingPoint } from '../shared/Manifest.js';
import { estimateFmr, thresholdAt } from './operatingCurve.js';

const point = (fmr: number, threshold: number): OperatingPoint => ({
  fmr,
  threshold,
  fnmr: 0.1,
  fmrInterval: [0, 1],
  fnmrInterval: [0, 1],
});
/** Out of order on purpose. */
const CURVE = [point(1e-2, 1.2), point(1e-4, 1), point(1e-3, 1.1)];

describe('thresholdAt', () => {
  it('returns measured points and interpolates in the logarithm of the rate', () => {
    expect(thresholdAt(CURVE, 1e-4)).toBe(1);
    expect(thresholdAt(CURVE, 1e-2)).toBeCloseTo(1.2, 12);
    expect(thresholdAt(CURVE, 10 ** -2.5)).toBeCloseTo(1.15, 12);
  });

  it('rises with the rate and is undone by estimateFmr', () => {
    const rate = fc.double({ min: -4, max: -2, noNaN: true }).map((e) => Math.min(Math.max(10 ** e, 1e-4), 1e-2));
    fc.assert(
      fc.property(rate, rate, (r, s) => {
        if (r < s) expect(thresholdAt(CURVE, r)).toBeLessThanOrEqual(thresholdAt(CURVE, s));
        expect(estimateFmr(CURVE, thresholdAt(CURVE, r)) / r).toBeCloseTo(1, 6);
      }),
    );
  });

  it('refuses rates that were not measured, naming the range', () => {
    for (const wrong of [1e-5, 0.5, 0, -1, NaN]) expect(() => thresholdAt(CURVE, wrong)).toThrow(/between 0.0001 and 0.01/);
    expect(() => thresholdAt(CURVE, '0.001' as unknown as number)).toThrow(TypeError);
    expect(() => thresholdAt([], 1e-3)).toThrow(/no operating points/);
    expect(thresholdAt([point(1e-3, 1.1)], 1e-3)).toBe(1.1);
  });
});

describe('estimateFmr', () => {
  it('is bounded by the smallest measured rate below and 1 above the curve', () => {
    expect(estimateFmr(CURVE, 0.2)).toBe(1e-4);
    expect(estimateFmr(CURVE, 1.5)).toBe(1);
    expect(estimateFmr([], 0.2)).toBe(1);
  });
});
