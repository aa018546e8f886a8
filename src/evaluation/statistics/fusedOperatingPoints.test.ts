import { describe, expect, it } from 'vitest';
import { fuseEmbeddings } from '../../matching/fuseEmbeddings.js';
import { faultOfFused } from '../../shared/Calibration.js';
import type { FusedCalibration } from '../../shared/Manifest.js';
import { calibrateFrames, FRAME_COUNTS } from './calibrateFrames.js';
import { fusedOperatingPoints } from './fusedOperatingPoints.js';
import { meanEmbedding } from '../../matching/meanEmbedding.js';
import { measureVerification } from './measureVerification.js';
import { testCrowd } from '../fixtures/testCrowd.js';

const crowd = testCrowd({ pictures: Array.from({ length: 60 }, (_, i) => 1 + (i % 9)), spread: 0.35 });
const FAST = { resamples: 20, repetitions: 3 };

it('fuses as the SDK does', () => {
  const embeddings = crowd.slice(-5).map(({ embedding }) => embedding);
  expect(meanEmbedding(embeddings)).toEqual(fuseEmbeddings(embeddings, Infinity).embedding);
  expect(() => meanEmbedding([Float32Array.of(1, 0), Float32Array.of(-1, 0)])).toThrow(RangeError);
});

describe('who takes part', () => {
  it('is who has enough pictures, in pairs that are counted by hand', () => {
    // 60 people with 1 … 9 pictures, 6 or 7 of each number.
    const found = fusedOperatingPoints(crowd, { ...FAST, templateFrames: 5, probeFrames: 3 });
    const have = (n: number) => Array.from({ length: 60 }, (_, i) => 1 + (i % 9)).filter((count) => count >= n).length;
    const templates = have(5);
    // 5 pictures of 8 or 9 go into the template and 3 into a probe; of 3 and 4 pictures 3 into a probe.
    const [own, strange] = [have(8), have(3) - have(5)];
    expect(found).toMatchObject({ identities: own, impostorIdentities: have(3), genuinePairs: 3 * own });
    expect(found.impostorPairs).toBe(3 * (templates * (own + strange) - own));
  });

  it('is everybody with all their pictures: the rest of a template goes into as many probes as it fills', () => {
    const found = fusedOperatingPoints(testCrowd({ pictures: [9, 2] }), { ...FAST, repetitions: 1, templateFrames: 3, probeFrames: 2 });
    expect(found).toMatchObject({ genuinePairs: 3, impostorPairs: 1 });
  });

  it('is with one picture on either side either a template or a probe: no pair of pictures counts twice', () => {
    const singles = testCrowd({ pictures: new Array<number>(30).fill(1) });
    const found = fusedOperatingPoints(singles, { ...FAST, repetitions: 1, templateFrames: 1, probeFrames: 1 });
    expect(found).toMatchObject({ identities: 0, genuinePairs: 0, operatingPoints: [], equalErrorRate: null });
    expect(found.impostorPairs).toBeLessThanOrEqual(15 * 15);
    expect(found.notes.join()).toMatch(/Nobody has 2/);
  });

  it('can be limited in genuine pairs to people with many pictures', () => {
    const all = calibrateFrames(crowd, { ...FAST, minPictures: 8 });
    expect(all.map(({ templateFrames, probeFrames }) => [templateFrames, probeFrames])).toEqual(FRAME_COUNTS);
    expect(new Set(all.map(({ identities }) => identities)).size).toBe(1);
  });
});

describe('rates', () => {
  const single = measureVerification(crowd).operatingPoints;
  const [one, five] = calibrateFrames(crowd, {
    frames: [
      [1, 1],
      [5, 3],
    ],
    minPictures: 8,
    thresholds: single,
  });

  it('with single pictures agree with those of all pairs', () => {
    for (const { nominalFmr, fmr, fmrInterval } of one.atThresholds) {
      expect(fmr! / nominalFmr).toBeCloseTo(1, 0);
      expect(fmrInterval![0]).toBeLessThan(nominalFmr);
      expect(fmrInterval![1]).toBeGreaterThan(nominalFmr);
    }
  });

  it('say nothing of false matches where few people can fill a template, however many probes there are', () => {
    const uneven = testCrowd({ pictures: [...new Array<number>(6).fill(8), ...new Array<number>(100).fill(2)], spread: 0.1 });
    const thresholds = [{ fmr: 1e-3, threshold: 0.01 }];
    const { impostorIdentities, operatingPoints, curve, atThresholds } = fusedOperatingPoints(uneven, {
      ...{ ...FAST, templateFrames: 5, probeFrames: 2, thresholds },
    });
    expect(impostorIdentities).toBe(106);
    expect(atThresholds[0]).toMatchObject({ falseMatches: 0, fmr: 0 });
    expect(operatingPoints.length).toBeGreaterThan(0);
    for (const { fmrInterval } of [...operatingPoints, ...curve, ...atThresholds]) expect(fmrInterval).toEqual([0, 1]);
  });

  it('refuse fewer genuine pairs from more frames', () => {
    const fnmr = (report: typeof one) => report.operatingPoints.find((p) => p.fmr === 0.1)!.fnmr;
    expect(fnmr(five)).toBeLessThan(fnmr(one));
    expect(five.equalErrorRate!.rate).toBeLessThan(one.equalErrorRate!.rate);
  });

  it('have as much support as one repetition has pairs', () => {
    for (const { operatingPoints, impostorPairs, repetitions } of [one, five]) {
      expect(operatingPoints.at(-1)!.fmr * (impostorPairs / repetitions)).toBeGreaterThanOrEqual(30);
    }
  });

  it('are as the SDK wants them, with a word on their origin', () => {
    const curves = [one, five].map((report) => ({ ...report, measurement: { dataset: 'crowd', ...report.measurement } }));
    expect(faultOfFused(curves satisfies FusedCalibration[])).toBe('');
    expect(five.measurement.method).toMatch(
      /^templates of 5 and probes of 3 pictures .* drawn 5 times; genuine pairs of the 12 people with 8/,
    );
  });

  it('are the same every time', () => {
    const options = { ...FAST, templateFrames: 3, probeFrames: 1 };
    expect(fusedOperatingPoints(crowd, options)).toEqual(fusedOperatingPoints(crowd, options));
    expect(fusedOperatingPoints(crowd, { ...options, seed: 2 })).not.toEqual(fusedOperatingPoints(crowd, options));
  });
});

it('keeps a template’s pictures out of the probe', () => {
  // Each person's pictures are far apart: only a shared picture could bring a template and a probe close.
  const apart = [0, 1, 2].flatMap((person) =>
    [0, 1, 2, 3].map((i) => {
      const embedding = new Float32Array(12);
      embedding[person * 4 + i] = 1;
      return { file: `${person}-${i}`, identity: `${person}`, embedding, reasons: [] };
    }),
  );
  const { atThresholds } = fusedOperatingPoints(apart, {
    ...FAST,
    templateFrames: 2,
    probeFrames: 2,
    thresholds: [{ fmr: 0.01, threshold: 1.4 }],
  });
  expect(atThresholds[0]).toMatchObject({ fnmr: 1, falseMatches: 0 });
});

it('refuses senseless numbers of frames', () => {
  for (const templateFrames of [0, 1.5, NaN]) {
    expect(() => fusedOperatingPoints(crowd, { templateFrames, probeFrames: 1 })).toThrow(/templateFrames/);
  }
});
