// The SDK's interpolation between operating points, against the raw scores that they come from.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from '../../matching/distance.js';
import { estimateFmr, thresholdAt } from '../../matching/operatingCurve.js';
import { countUpTo } from './countUpTo.js';
import { measureVerification } from './measureVerification.js';
import { testCrowd } from '../fixtures/testCrowd.js';
import { thresholdAtRate } from './thresholdAtRate.js';

// 32 dimensions have the bell of distances that a network's embeddings have.
const crowd = testCrowd({ pictures: new Array<number>(400).fill(2), size: 32, spread: 0.1 });
const { operatingPoints, impostorPairs } = measureVerification(crowd, { resamples: 10 });
const scores = Float32Array.from(
  crowd.flatMap((a, i) =>
    crowd
      .slice(0, i)
      .filter((b) => b.identity !== a.identity)
      .map((b) => distance(a.embedding, b.embedding)),
  ),
).sort();
const rateAt = (threshold: number) => countUpTo(scores, threshold) / scores.length;
const last = operatingPoints.at(-1)!;
const first = operatingPoints[0];
const rates = fc.double({ min: Math.log(last.fmr), max: Math.log(first.fmr), noNaN: true }).map((e) => {
  return Math.min(Math.max(Math.exp(e), last.fmr), first.fmr);
});

it('has its points where the raw scores have them', () => {
  expect(scores).toHaveLength(impostorPairs);
  expect(operatingPoints.length).toBeGreaterThanOrEqual(7);
  for (const { fmr, threshold } of operatingPoints) {
    expect(thresholdAt(operatingPoints, fmr)).toBe(threshold);
    expect(threshold).toBeLessThanOrEqual(thresholdAtRate(scores, fmr));
    expect(threshold).toBeGreaterThan(thresholdAtRate(scores, fmr) - 2e-5);
  }
});

describe('between its points', () => {
  it('gives a threshold whose rate on the raw scores is near the demanded one, and between its neighbors’', () => {
    fc.assert(
      fc.property(rates, (rate) => {
        const threshold = thresholdAt(operatingPoints, rate);
        const measured = rateAt(threshold);
        const below = operatingPoints.find(({ fmr }) => fmr <= rate)!;
        const above = operatingPoints.findLast(({ fmr }) => fmr >= rate)!;
        expect(measured).toBeGreaterThanOrEqual(rateAt(below.threshold));
        expect(measured).toBeLessThanOrEqual(rateAt(above.threshold));
        expect(Math.abs(Math.log(measured / rate))).toBeLessThan(0.2);
        expect(Math.abs(threshold - thresholdAtRate(scores, rate))).toBeLessThan(0.01);
      }),
    );
  });

  it('estimates a rate near the share of strangers who are at least that close', () => {
    fc.assert(
      fc.property(fc.double({ min: last.threshold, max: first.threshold, noNaN: true }), (d) => {
        expect(Math.abs(Math.log(estimateFmr(operatingPoints, d) / rateAt(d)))).toBeLessThan(0.2);
      }),
    );
  });

  it('is a straight line over the logarithm of the rate', () => {
    fc.assert(
      fc.property(rates, (rate) => {
        const q = Math.max(
          1,
          operatingPoints.findIndex(({ fmr }) => fmr <= rate),
        );
        const [high, low] = [operatingPoints[q - 1], operatingPoints[q]];
        const slope = (high.threshold - low.threshold) / (Math.log10(high.fmr) - Math.log10(low.fmr));
        const line = low.threshold + slope * (Math.log10(rate) - Math.log10(low.fmr));
        expect(thresholdAt(operatingPoints, rate)).toBeCloseTo(line, 10);
      }),
    );
  });
});

it('errs on the safe side outside its points', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2, noNaN: true }), (d) => {
      const estimate = estimateFmr(operatingPoints, d);
      if (d <= last.threshold) expect(estimate).toBe(last.fmr);
      if (d > first.threshold) expect(estimate).toBe(1);
      if (d <= last.threshold || d > first.threshold) expect(rateAt(d)).toBeLessThanOrEqual(estimate);
    }),
  );
  expect(() => thresholdAt(operatingPoints, last.fmr / 2)).toThrow(RangeError);
});
