import { expect, it } from 'vitest';
import { faultOfCurves } from './Calibration.js';

const measurement = { dataset: 'few people', identities: 2, genuinePairs: 2, impostorPairs: 10, method: 'a test' };
const points = (threshold: number) => [{ fmr: 0.1, threshold, fnmr: 0.1, fmrInterval: [0, 1] as const, fnmrInterval: [0, 1] as const }];
const curves = (single: number, several: number) => ({
  operatingPoints: points(single),
  measurement,
  fused: [{ templateFrames: 1, probeFrames: 5, operatingPoints: points(several), measurement }],
});
const normalized = (single: number, several: number) => ({ cohort: 'ab'.repeat(32), ...curves(single, several) });

it('finds nothing wrong with curves in range', () => {
  expect(faultOfCurves(curves(1, 1))).toBe('');
  expect(faultOfCurves({ operatingPoints: points(1) })).toBe('');
  expect(faultOfCurves({ ...curves(1, 1), normalized: normalized(1, 1) })).toBe('');
});

it('looks at every curve, those that decide for a model with a cohort included', () => {
  expect(faultOfCurves(curves(0.1, 1))).toMatch(/^an operating point is out of range/);
  expect(faultOfCurves(curves(1, 0.1))).toMatch(/^in the curve of 1 and 5 frames/);
  expect(faultOfCurves({ ...curves(1, 1), normalized: normalized(0.1, 1) })).toMatch(/^of the normalized ones, an operating point/);
  expect(faultOfCurves({ ...curves(1, 1), normalized: normalized(1, 0.1) })).toMatch(/^of the normalized ones, in the curve of 1 and 5/);
  expect(faultOfCurves({ ...curves(1, 1), normalized: { ...normalized(1, 1), operatingPoints: [] } })).toBe('there are no normalized ones');
});
