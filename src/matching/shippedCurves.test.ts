import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Manifest } from '../shared/Manifest.js';
import { curveFor } from './curveFor.js';
import { framesFor } from './framesFor.js';
import { fmrForFpir } from './identificationRate.js';
import { isExtrapolated, thresholdAt } from './operatingCurve.js';

/** What a guided enrollment may end with, and what a live verification may fuse. */
const CAPTURES = [1, 2, 3, 4, 5, 6];
const FRAMES = [1, 2, 3, 4, 5];
const cohortOf = (id: string) => {
  const path = new URL(`../../public/models/${id}/manifest.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, 'utf8')) as Manifest).embedder!.cohort!;
};

describe.each(['mobilenet-160', 'inception-160'])('the curves that ship with %s', (id) => {
  const cohort = cohortOf(id);

  it('reach to 1e-6 for every number of captures and frames, and say where they are extrapolated', () => {
    expect(isExtrapolated(cohort.operatingPoints, 1e-4)).toBe(false);
    expect(isExtrapolated(cohort.operatingPoints, 1e-6)).toBe(true);
    for (const templateFrames of CAPTURES) {
      for (const probeFrames of FRAMES) {
        const points = curveFor(cohort, { templateFrames, probeFrames });
        const thresholds = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6].map((fmr) => thresholdAt(points, fmr));
        expect([...thresholds].sort((a, b) => b - a)).toEqual(thresholds);
        expect(thresholdAt(points, 1e-6)).toBeLessThanOrEqual(thresholdAt(cohort.operatingPoints, 1e-6));
        expect(isExtrapolated(points, 1e-6)).toBe(true);
      }
    }
  });

  it('reach as far as `identify` needs by default for 10,000 entries', () => {
    const fmr = fmrForFpir(1e-2, 10_000);
    for (const templateFrames of CAPTURES)
      expect(thresholdAt(curveFor(cohort, { templateFrames, probeFrames: 1 }), fmr)).toBeGreaterThan(0.3);
  });

  it('let a live verification of a guided enrollment fuse several frames, fewer where strangers were not counted', () => {
    for (const templateFrames of [5, 6]) {
      expect(framesFor(cohort, { templateFrames, fmr: 1e-3 })).toBeGreaterThan(1);
      expect(framesFor(cohort, { templateFrames, fmr: 1e-4 })).toBeGreaterThan(1);
    }
    expect([1e-3, 1e-4].map((fmr) => framesFor(cohort, { templateFrames: 5, fmr }))).toEqual([3, 2]);
  });
});
