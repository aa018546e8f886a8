import { describe, expect, it } from 'vitest';
import type { FusedCalibration, OperatingPoint } from '../shared/Manifest.js';
import { curveAt } from './curveAt.js';
import { curveFor } from './curveFor.js';

const none: [number, number] = [0, 0];
const points = (...rates: number[]): OperatingPoint[] =>
  rates.map((fmr) => ({ fmr, threshold: 1, fnmr: 0, fmrInterval: none, fnmrInterval: none }));
const measurement = { dataset: 'made up', identities: 2, genuinePairs: 1, impostorPairs: 1, method: 'none' };
const curve = (probeFrames: number, ...rates: number[]): FusedCalibration => ({
  ...{ templateFrames: 5, probeFrames, operatingPoints: points(...rates), measurement },
});
const calibration = { operatingPoints: points(1e-1, 1e-4), fused: [curve(1, 1e-1, 1e-4), curve(2, 1e-1, 1e-2), curve(4, 1e-1, 1e-4)] };
const framesOf = (probeFrames: number, fmr: number) => {
  const chosen = curveAt(calibration, { templateFrames: 5, probeFrames }, fmr);
  return calibration.fused.find(({ operatingPoints }) => operatingPoints === chosen)?.probeFrames;
};

describe('curveAt', () => {
  it('is the curve for so many pictures, or for the next more that was measured at the rate', () => {
    expect([1, 2, 3, 4, 9].map((frames) => framesOf(frames, 1e-2))).toEqual([1, 2, 4, 4, 4]);
    expect([1, 2, 3, 4, 9].map((frames) => framesOf(frames, 1e-3))).toEqual([1, 4, 4, 4, 4]);
  });

  it('is the curve for so many pictures where none for more was measured at the rate', () => {
    expect([1, 2, 4, 9].map((frames) => framesOf(frames, 1e-6))).toEqual([1, 2, 4, 4]);
    const plain = { operatingPoints: points(1e-1, 1e-3), fused: [] };
    expect(curveAt(plain, { templateFrames: 1, probeFrames: 3 }, 1e-2)).toBe(plain.operatingPoints);
  });

  it('has a rate for every smaller number of pictures where it has it for all', () => {
    const odd = { ...calibration, fused: [curve(2, 1e-1, 1e-2), { ...curve(3, 1e-1, 1e-4), templateFrames: 2 }] };
    for (const templateFrames of [1, 2, 5, 9]) {
      for (let all = 1; all < 6; all++) {
        const has = (probeFrames: number) => curveAt(odd, { templateFrames, probeFrames }, 1e-3).some(({ fmr }) => fmr <= 1e-3);
        if (curveFor(odd, { templateFrames, probeFrames: all }).some(({ fmr }) => fmr <= 1e-3)) {
          for (let fewer = 1; fewer <= all; fewer++) expect(has(fewer), `${fewer} of ${all}, ${templateFrames} enrolled`).toBe(true);
        }
      }
    }
  });
});
