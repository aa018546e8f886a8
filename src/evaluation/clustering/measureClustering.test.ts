import { describe, expect, it } from 'vitest';
import { testCrowd } from '../fixtures/testCrowd.js';
import { measureVerification } from '../statistics/measureVerification.js';
import { measureClustering } from './measureClustering.js';

const crowd = testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 8)), spread: 0.1 });
const report = measureVerification(crowd, { resamples: 20 });

describe('measureClustering', () => {
  const shared = { fmr: 0.01, points: report.operatingPoints, thresholdsFrom: 'x' };

  it('takes people with enough usable pictures, and finds them again', () => {
    const { people, pictures, atThreshold, sweep, best } = measureClustering(
      [...crowd, { file: 'n', identity: 'p4', embedding: null, reasons: [] }],
      { ...shared, minPictures: 6 },
    );
    expect([people, pictures]).toEqual([15, 105]);
    expect(atThreshold?.bcubed.f1).toBeGreaterThan(0.9);
    expect(sweep).toHaveLength(report.operatingPoints.length);
    expect(best?.bcubed.f1).toBe(Math.max(...sweep.map(({ bcubed }) => bcubed.f1)));
  });

  it('has no result where nobody has enough', () => {
    expect(measureClustering(crowd, { ...shared, minPictures: 99 })).toMatchObject({ people: 0, atThreshold: null, sweep: [], best: null });
  });
});
