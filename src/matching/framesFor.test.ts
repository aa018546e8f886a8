import { describe, expect, it } from 'vitest';
import { framesFor } from './framesFor.js';

const point = (fmr: number, threshold: number, fnmr: number) => ({ fmr, threshold, fnmr }) as never;
const SINGLE = [point(1e-2, 1.2, 0.04), point(1e-3, 1.1, 0.1), point(1e-5, 1, 0.3)];
const fused = (templateFrames: number, probeFrames: number, fnmr: number, least = 1e-3) =>
  ({ templateFrames, probeFrames, operatingPoints: [point(1e-2, 1.15, fnmr / 2), point(least, 1.05, fnmr)] }) as never;

describe('framesFor', () => {
  it('is one where several were not measured', () => {
    expect(framesFor({ operatingPoints: SINGLE, fused: [] }, { templateFrames: 6, fmr: 1e-3 })).toBe(1);
  });

  it('is the number at which the fewest are refused, and of equals the largest', () => {
    const calibration = { operatingPoints: SINGLE, fused: [fused(3, 1, 0.03), fused(3, 3, 0.005), fused(5, 3, 0.004)] };
    expect(framesFor(calibration, { templateFrames: 3, fmr: 1e-3 })).toBe(3);
    expect(framesFor(calibration, { templateFrames: 6, fmr: 1e-3 })).toBe(3);
    expect(framesFor({ ...calibration, fused: [fused(3, 1, 0.01), fused(3, 3, 0.02)] }, { templateFrames: 3, fmr: 1e-3 })).toBe(1);
  });

  it('is never a number that was not measured at the rate', () => {
    const calibration = { operatingPoints: SINGLE, fused: [fused(3, 1, 0.03, 1e-4), fused(3, 3, 0.005)] };
    expect(framesFor(calibration, { templateFrames: 3, fmr: 1e-4 })).toBe(1);
    expect(() => framesFor(calibration, { templateFrames: 3, fmr: 1e-7 })).toThrow(RangeError);
  });
});
