import { describe, expect, it } from 'vitest';
import type { Calibration } from '../shared/Calibration.js';
import type { Cohort } from '../shared/Cohort.js';
import { assertCalibration, calibrate } from './calibrate.js';

const point = (fmr: number, threshold: number) => ({
  fmr,
  threshold,
  fnmr: 0.1,
  fmrInterval: [0, 1] as const,
  fnmrInterval: [0, 1] as const,
});
const made = { model: 'mobilenet-160', modelVersion: '1.0.0', pipelineVersion: 1 };
const origin = { ...made, normalized: null };
const measurement = { dataset: 'my office', identities: 40, genuinePairs: 100, impostorPairs: 5000, method: 'all pairs' };
const good: Calibration = {
  format: 'visavis-operating-points',
  formatVersion: 1,
  ...made,
  operatingPoints: [point(1e-2, 1.2), point(1e-3, 1.1)],
  measurement,
  fused: [{ templateFrames: 5, probeFrames: 1, operatingPoints: [point(1e-2, 1.15)], measurement }],
};

it('takes a calibration, also one that came as JSON', () => {
  const read: unknown = JSON.parse(JSON.stringify(good));
  expect(() => assertCalibration(read)).not.toThrow();
  expect(calibrate(read as Calibration, origin)).toEqual({
    operatingPoints: good.operatingPoints,
    measurement,
    fused: good.fused,
    points: 'own',
    normalized: null,
  });
  expect(calibrate({ ...good, fused: undefined }, origin).fused).toEqual([]);
});

it.each<[string, unknown, RegExp]>([
  ['null', null, /got null/],
  ['a bare list', good.operatingPoints, /expected operatingPoints as/],
  ['another format version', { ...good, formatVersion: 2 }, /format version/],
  ['no data set', { ...good, measurement: undefined }, /measured on/],
  ['points out of range', { ...good, operatingPoints: [point(2, 1)] }, /out of range/],
  ['text for a threshold', { ...good, operatingPoints: [{ ...point(0.1, 1), threshold: '1' }] }, /out of range/],
  ['thresholds that fall', { ...good, operatingPoints: [point(1e-2, 1.1), point(1e-3, 1.2)] }, /do not rise/],
  ['no frames', { ...good, fused: [{ ...good.fused![0], probeFrames: 0 }] }, /counts 0 frames/],
  ['an empty curve', { ...good, fused: [{ ...good.fused![0], operatingPoints: [] }] }, /curve is empty/],
])('refuses %s with a TypeError', (_name, wrong, message) => {
  expect(() => assertCalibration(wrong)).toThrow(TypeError);
  expect(() => assertCalibration(wrong)).toThrow(message);
});

it('refuses operating points of other embeddings, and empty ones', () => {
  expect(() => assertCalibration({ ...good, operatingPoints: [] })).toThrow(RangeError);
  for (const other of [{ model: 'inception-160' }, { modelVersion: '2.0.0' }, { pipelineVersion: 2 }]) {
    expect(() => calibrate({ ...good, ...other }, origin)).toThrow(RangeError);
  }
});

describe('operating points for normalized distances', () => {
  const cohort = { sha256: 'ab'.repeat(32) } as Cohort;
  const own = { ...origin, normalized: { cohort, operatingPoints: [point(1e-2, 1.3)], fused: [], measurement } };
  const curves = { operatingPoints: [point(1e-2, 1.25)], fused: [], measurement };
  const both: Calibration = { ...good, normalized: { cohort: cohort.sha256, ...curves } };

  it('are decided by where they are there, with the model’s own cohort', () => {
    expect(() => assertCalibration(both)).not.toThrow();
    expect(calibrate(both, own).normalized).toEqual({ cohort, ...curves });
    expect(calibrate(good, own)).toMatchObject({ normalized: null, operatingPoints: good.operatingPoints });
  });

  it('are refused for another cohort, for a model without one, and where they make no sense', () => {
    const other = { ...both, normalized: { ...both.normalized!, cohort: 'cd'.repeat(32) } };
    expect(() => calibrate(other, own)).toThrow(/those of the cohort cdcdcdcdcdcd…; it has the cohort abababababab…: measure them again/);
    expect(() => calibrate(both, origin)).toThrow(/it has no cohort/);
    for (const wrong of [null, {}, { ...both.normalized, operatingPoints: [] }, { ...both.normalized, operatingPoints: [point(2, 1)] }]) {
      expect(() => assertCalibration({ ...good, normalized: wrong })).toThrow(TypeError);
    }
  });
});
