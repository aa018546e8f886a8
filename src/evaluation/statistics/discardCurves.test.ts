import { describe, expect, it } from 'vitest';
import { discardCurves } from './discardCurves.js';

const THRESHOLDS = [
  { fmr: 1e-2, threshold: 1.2 },
  { fmr: 1e-3, threshold: 0.5 },
  { fmr: 1e-4, threshold: 0.1 },
];

/** Ten people with two pictures each; the second picture of the first two people is bad in every way. */
const samples = Array.from({ length: 20 }, (_, i) => {
  const [person, picture] = [Math.floor(i / 2), i % 2];
  const bad = picture === 1 && person < 2;
  return {
    file: `${i}`,
    identity: `${person}`,
    embedding: Float32Array.from(bad ? [0, 1] : [1, 0]),
    reasons: [],
    measures: { score: bad ? 0.1 * person : 0.9, yaw: bad ? 40 : 2, brightness: 0.5 - i / 100 },
  };
});
const curves = discardCurves(samples, { thresholds: THRESHOLDS });
const curve = (measure: string, fmr: number) => curves.find((c) => c.measure === measure && c.fmr === fmr)!;
const refusedAt = (measure: string) => curve(measure, 1e-3).points.map(({ refused }) => refused);

describe('discardCurves', () => {
  it('has a curve for each measure at 1 in 100 and 1 in 1,000', () => {
    expect(curves.map(({ measure, fmr }) => [measure, fmr])).toEqual(
      ['score', 'yaw', 'brightness'].flatMap((measure) => [
        [measure, 1e-2],
        [measure, 1e-3],
      ]),
    );
  });

  it('leaves out the worst pictures, whichever end is worst, and counts the pairs that are left', () => {
    expect(refusedAt('score').slice(0, 4)).toEqual([2, 1, 0, 0]);
    expect(refusedAt('yaw').slice(0, 4)).toEqual([2, 1, 0, 0]);
    expect(curve('score', 1e-3).points[1]).toEqual({ discarded: 0.05, limit: 0.1, pairs: 9, refused: 1, fnmr: 1 / 9 });
    expect(curve('yaw', 1e-3).points[2].limit).toBe(2);
  });

  it('shows that a measure that knows nothing does not help', () => {
    expect(refusedAt('brightness').slice(0, 4)).toEqual([2, 2, 2, 2]);
  });

  it('shows that a measure that is the same for all pictures does not help, in whatever order these come', () => {
    const crowd = Array.from({ length: 800 }, (_, i) => {
      const bad = i % 2 === 1 && i < 400;
      return { file: `${i}`, identity: `${i >> 1}`, embedding: Float32Array.of(bad ? 0 : 1, bad ? 1 : 0), measures: { score: 0.5 } };
    });
    for (const order of [crowd, [...crowd].reverse()]) {
      const { points } = discardCurves(order, { thresholds: THRESHOLDS }).find(({ fmr }) => fmr === 1e-3)!;
      expect(points[0].fnmr).toBe(0.5);
      for (const { fnmr } of points) expect(Math.abs(fnmr! - 0.5)).toBeLessThan(0.12);
      expect(points.at(-1)!.pairs).toBeGreaterThan(70);
    }
  });

  it('holds the threshold of each rate', () => {
    expect(curve('score', 1e-2).points[0].fnmr).toBe(0.2);
    expect(curve('score', 1e-2).threshold).toBe(1.2);
  });

  it('takes a measure that is no number for the worst', () => {
    const broken = samples.map((sample, i) => (i === 1 ? { ...sample, measures: { ...sample.measures, score: NaN } } : sample));
    expect(discardCurves(broken, { thresholds: THRESHOLDS })[0].points[1].refused).toBe(1);
  });

  it('has nothing to say without measures, pairs or thresholds', () => {
    const bare = samples.map(({ file, identity, embedding, reasons }) => ({ file, identity, embedding, reasons }));
    expect(discardCurves(bare, { thresholds: THRESHOLDS })).toEqual([]);
    expect(
      discardCurves(
        samples.filter((_, i) => i % 2 === 0),
        { thresholds: THRESHOLDS },
      ),
    ).toEqual([]);
    expect(discardCurves(samples, { thresholds: [] })).toEqual([]);
  });
});
