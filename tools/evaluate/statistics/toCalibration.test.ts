import { expect, it } from 'vitest';
import { assertCalibration } from '../../../src/client/calibrate.js';
import { calibrateFrames } from './calibrateFrames.mjs';
import { measure } from './measure.mjs';
import { testCrowd } from './testCrowd.js';
import { toCalibration } from './toCalibration.mjs';

const origin = { model: 'mobilenet-160', modelVersion: '1.0.0', pipelineVersion: 1 };

it('is what createFaceVerifier accepts, also after a way through JSON', () => {
  const crowd = testCrowd({ pictures: Array.from({ length: 60 }, (_, i) => 1 + (i % 9)) });
  const fused = calibrateFrames(crowd, { resamples: 20, repetitions: 2 });
  const calibration = toCalibration(origin, 'a crowd', measure(crowd, { resamples: 20 }), fused);
  const read: unknown = JSON.parse(JSON.stringify(calibration));
  expect(() => assertCalibration(read)).not.toThrow();
  expect(calibration).toMatchObject({ ...origin, measurement: { dataset: 'a crowd', identities: 60 } });
  expect(calibration.fused!.length).toBeGreaterThan(2);
  expect(calibration.fused![0]).toMatchObject({ templateFrames: 3, probeFrames: 1, measurement: { dataset: 'a crowd' } });
});

it('leaves out curves that support nothing', () => {
  const few = testCrowd({ pictures: [1, 1, 1, 1, 1, 4, 4] });
  expect(toCalibration(origin, 'few', measure(few, { resamples: 5 }), calibrateFrames(few, { resamples: 5 })).fused).toEqual([]);
});
