import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';
import { curveFor } from './curveFor.js';

const points = (threshold: number): OperatingPoint[] => [{ fmr: 1e-3, threshold, fnmr: 0.1, fmrInterval: [0, 1], fnmrInterval: [0, 1] }];
const measurement = { dataset: 'made up', identities: 2, genuinePairs: 1, impostorPairs: 1, method: 'none' };
const curve = (templateFrames: number, probeFrames: number, threshold: number): FusedCalibration => ({
  templateFrames,
  probeFrames,
  operatingPoints: points(threshold),
  measurement,
});
const calibration = {
  operatingPoints: points(1.12),
  fused: [curve(5, 3, 1.07), curve(3, 1, 1.1), curve(5, 1, 1.09), curve(1, 3, 1.1), curve(3, 3, 1.08)],
};
const threshold = (templateFrames: number, probeFrames: number) => curveFor(calibration, { templateFrames, probeFrames })[0].threshold;

describe('curveFor', () => {
  it('takes the curve measured with so many frames, else the next with more on both sides', () => {
    expect(threshold(1, 1)).toBe(1.12);
    expect(threshold(3, 1)).toBe(1.1);
    expect(threshold(2, 1)).toBe(1.1);
    expect(threshold(4, 1)).toBe(1.09);
    expect(threshold(3, 2)).toBe(1.08);
    expect(threshold(5, 3)).toBe(1.07);
  });

  it('takes the one with the most frames where there are more than were ever measured', () => {
    expect(threshold(9, 1)).toBe(1.07);
    expect(threshold(2, 8)).toBe(1.07);
  });

  it('has the single curve alone where nothing else was measured', () => {
    expect(curveFor({ operatingPoints: calibration.operatingPoints, fused: [] }, { templateFrames: 5, probeFrames: 3 })).toBe(
      calibration.operatingPoints,
    );
  });

  it('never takes a curve of fewer frames while one of more is there', () => {
    const frames = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(frames, fc.integer({ min: 1, max: 3 }), (templateFrames, probeFrames) => {
        fc.pre(templateFrames + probeFrames > 2);
        const chosen = calibration.fused.find((c) => c.operatingPoints === curveFor(calibration, { templateFrames, probeFrames }))!;
        expect(chosen.templateFrames).toBeGreaterThanOrEqual(templateFrames);
        expect(chosen.probeFrames).toBeGreaterThanOrEqual(probeFrames);
      }),
    );
  });

  it('refuses counts that are none', () => {
    for (const wrong of [0, 1.5, NaN, '3' as unknown as number]) expect(() => threshold(wrong, 1)).toThrow(RangeError);
  });
});
