import { expect, it } from 'vitest';
import { calibrateFrames } from './calibrateFrames.js';
import { measureVerification } from './measureVerification.js';
import { testCrowd } from '../fixtures/testCrowd.js';
import { toCalibration } from './toCalibration.js';

const origin = { model: 'mobilenet-160', modelVersion: '1.0.0', pipelineVersion: 1 };

it('leaves out curves that support nothing', () => {
  const few = testCrowd({ pictures: [1, 1, 1, 1, 1, 4, 4] });
  expect(toCalibration(origin, 'few', measureVerification(few, { resamples: 5 }), calibrateFrames(few, { resamples: 5 })).fused).toEqual(
    [],
  );
});

it('says what the embeddings were computed in, where that is known', () => {
  const crowd = testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 8)), spread: 0.1 });
  const report = measureVerification(crowd, { resamples: 5 });
  const fused = calibrateFrames(crowd, { resamples: 5, repetitions: 2 });
  const { measurement, ...curves } = toCalibration({ ...origin, arithmetic: 'int8' }, 'a crowd', report, fused);
  expect(measurement).toMatchObject({ dataset: 'a crowd', arithmetic: 'int8' });
  expect(curves.fused!.map((curve) => curve.measurement.arithmetic)).toEqual(curves.fused!.map(() => 'int8'));
  expect(toCalibration(origin, 'a crowd', report, fused).measurement).not.toHaveProperty('arithmetic');
});
