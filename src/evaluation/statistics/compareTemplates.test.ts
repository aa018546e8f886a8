import { describe, expect, it } from 'vitest';
import { randomUnits } from '../../matching/fixtures/randomUnits.js';
import { readCohort } from '../../matching/readCohort.js';
import { compareTemplates } from './compareTemplates.js';
import { fusedOperatingPoints } from './fusedOperatingPoints.js';
import { BASELINE } from './templateMethods.js';
import { testCrowd } from '../fixtures/testCrowd.js';

const THRESHOLDS = [
  { fmr: 1e-2, threshold: 1.2 },
  { fmr: 1e-3, threshold: 1.1 },
];
const FAST = { thresholds: THRESHOLDS, sizes: [3], repetitions: 2, resamples: 40 };
/** Every fifth picture shows nothing of its person, and says so by its score. */
const crowd = testCrowd({ pictures: new Array<number>(150).fill(5), size: 16, spread: 0.15 }).map((sample, i) => ({
  ...sample,
  embedding: i % 5 === 0 ? testCrowd({ pictures: [1], size: 16, seed: 1000 + i })[0].embedding : sample.embedding,
  measures: { score: i % 5 === 0 ? 0.05 : 0.9 },
}));
const [three] = compareTemplates(crowd, FAST);
const rates = (name: string) => three.methods.find((method) => method.name === name)!.at[0];

describe('compareTemplates', () => {
  it('has every method at every rate that the pairs support', () => {
    expect(three).toMatchObject({ templateFrames: 3, repetitions: 2, people: 150, genuinePairs: 600 });
    expect(three.impostorPairs).toBe(2 * 150 * 149 * 2);
    for (const { at } of three.methods) expect(at.map(({ fmr }) => fmr)).toEqual([1e-2, 1e-3]);
  });

  it('has the rates of fused operating points for the plain mean', () => {
    const { operatingPoints } = fusedOperatingPoints(crowd, { templateFrames: 3, probeFrames: 1, repetitions: 8, resamples: 5 });
    const known = operatingPoints.find(({ fmr }) => fmr === 1e-2)!;
    expect(rates(BASELINE).threshold).toBeCloseTo(known.threshold, 1);
    expect(Math.abs(rates(BASELINE).fnmr - known.fnmr)).toBeLessThan(0.05);
  });

  it('compares by normalized distances with a cohort', () => {
    const bytes = Uint8Array.from(randomUnits(40, 16, 7).flatMap((row) => [...new Uint8Array(Int8Array.from(row, (v) => 100 * v).buffer)]));
    const rule = { count: 40, scale: 0.01, k: 3, weight: 0.5, center: 0 };
    const cohort = readCohort({ bytes, sha256: 'ab'.repeat(32), embeddingSize: 16, rule });
    const [{ methods }] = compareTemplates(crowd, { ...FAST, cohort });
    const { operatingPoints } = fusedOperatingPoints(crowd, { templateFrames: 3, probeFrames: 1, repetitions: 8, resamples: 5, cohort });
    const known = operatingPoints.find(({ fmr }) => fmr === 1e-2)!;
    expect(methods[0].at[0].threshold).toBeCloseTo(known.threshold, 1);
    expect(methods[0].at[0].threshold).toBeGreaterThan(rates(BASELINE).threshold + 0.1);
  });

  it('sees that a score that knows bad pictures helps, and by more than chance', () => {
    const { gain, gainInterval } = rates('mean by quality²');
    expect(gain).toBeGreaterThan(0.01);
    expect(gainInterval![0]).toBeGreaterThan(0);
    expect(gain).toBeCloseTo(rates(BASELINE).fnmr - rates('mean by quality²').fnmr, 12);
  });

  it('sees no gain in equal scores', () => {
    const equal = crowd.map((sample) => ({ ...sample, measures: { score: 0.9 } }));
    const { methods } = compareTemplates(equal, FAST)[0];
    const weighted = methods.find(({ name }) => name === 'mean by quality')!.at[0];
    expect(Math.abs(weighted.gain)).toBeLessThan(0.002);
  });

  it('has intervals around the rates', () => {
    for (const { at } of three.methods) {
      for (const { fnmr, interval } of at) {
        expect(interval![0]).toBeLessThanOrEqual(fnmr);
        expect(interval![1]).toBeGreaterThanOrEqual(fnmr);
      }
    }
  });

  it('does not take an error that never happened for impossible, and says nothing of a gain there', () => {
    const apart = testCrowd({ pictures: new Array<number>(150).fill(5), size: 64, spread: 0.001 });
    for (const { at } of compareTemplates(apart, FAST)[0].methods) {
      for (const { fnmr, interval, gain, gainInterval } of at) {
        expect([fnmr, gain, gainInterval]).toEqual([0, 0, null]);
        expect(interval![0]).toBe(0);
        expect((1 - interval![1]) ** 150).toBeCloseTo(0.025, 3);
      }
    }
  });

  it('leaves out sizes that nobody has pictures for', () => {
    expect(compareTemplates(crowd, { ...FAST, sizes: [5, 6] })).toEqual([]);
  });
});
