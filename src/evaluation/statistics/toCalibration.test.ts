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
