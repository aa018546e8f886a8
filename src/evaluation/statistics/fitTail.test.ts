import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../shared/seededRandom.js';
import { testCrowd } from '../fixtures/testCrowd.js';
import { countUpTo } from './countUpTo.js';
import { fitTail, tailOf } from './fitTail.js';
import { measureVerification } from './measureVerification.js';

/** Distances like those of strangers: a bell around 1.4. */
function bell(count: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Float64Array.from({ length: count }, () => 1.4 + 0.08 * gauss()).sort();
}

describe('fitTail', () => {
  it('finds the shape and the scale of the distribution that it fits', () => {
    for (const shape of [-0.2, 0, 0.2]) {
      const beyond = Float64Array.from({ length: 20_000 }, (_, i) => {
        const share = (i + 0.5) / 20_000;
        return shape === 0 ? -0.1 * Math.log(1 - share) : (0.1 / shape) * ((1 - share) ** -shape - 1);
      });
      const tail = tailOf(1, 1e-2, beyond, null)!;
      const exact = (ratio: number) => (shape === 0 ? 0.1 * Math.log(ratio) : (0.1 / shape) * (ratio ** shape - 1));
      for (const rate of [1e-3, 1e-4]) {
        expect(tail.thresholdAt(rate) / (1 - exact(1e-2 / rate))).toBeCloseTo(1, 1);
        expect(tail.rateAt(tail.thresholdAt(rate)) / rate).toBeCloseTo(1, 6);
      }
      expect(tail.thresholdAt(1e-2)).toBeCloseTo(1, 9);
    }
  });

  it('says from few pairs what ten times as many count', () => {
    const tail = fitTail(bell(50_000, 1), 1)!;
    expect(tail.share).toBe(1e-2);
    const many = bell(500_000, 2);
    for (const [rate, off] of [
      [1e-3, 1.3],
      [1e-4, 2],
    ]) {
      const counted = countUpTo(many, tail.thresholdAt(rate)) / many.length;
      expect(Math.abs(Math.log(counted / rate))).toBeLessThan(Math.log(off));
    }
  });

  it('counts weights as so many pairs', () => {
    const beyond = [0.01, 0.02, 0.05, 0.07, 0.2];
    const twice = tailOf(1, 0.1, beyond, [2, 2, 2, 2, 2])!;
    expect(twice.thresholdAt(0.01)).toBeCloseTo(tailOf(1, 0.1, beyond, null)!.thresholdAt(0.01), 12);
  });

  it('fits nothing to few pairs, nor to copies of one', () => {
    expect(fitTail(bell(1000, 1), 1)).toBeNull();
    expect(fitTail(bell(10_000, 1), 10)).toBeNull();
    expect(tailOf(1, 0.1, [0, 0, 0], null)).toBeNull();
  });
});

it('operating points go on where counting ends, marked, with wider intervals', () => {
  const crowd = testCrowd({ pictures: new Array<number>(200).fill(2), size: 32, spread: 0.1 });
  const counted = measureVerification(crowd, { resamples: 30 }).operatingPoints;
  const all = measureVerification(crowd, { resamples: 30, extrapolateTo: 1e-6 }).operatingPoints;
  expect(all.slice(0, counted.length)).toEqual(counted);
  const more = all.slice(counted.length);
  expect(more.map(({ fmr }) => fmr).at(-1)).toBe(1e-6);
  all.slice(1).forEach((point, i) => expect(point.threshold).toBeLessThan(all[i].threshold));
  for (const { fmr, fmrInterval, extrapolated } of more) {
    expect(extrapolated).toBe(true);
    expect(fmrInterval[0]).toBeLessThanOrEqual(fmr);
    expect(fmrInterval[1]).toBeGreaterThanOrEqual(fmr);
  }
  const width = (interval: readonly [number, number]) => Math.log(interval[1] / Math.max(interval[0], 1e-12));
  expect(width(more.at(-1)!.fmrInterval)).toBeGreaterThan(width(counted.at(-1)!.fmrInterval));
});
