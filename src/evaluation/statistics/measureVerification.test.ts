import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from '../../matching/distance.js';
import { faultOfPoints } from '../../shared/Calibration.js';
import { measureVerification } from './measureVerification.js';
import type { RatesAt } from './PairRates.js';
import type { Sample } from './Sample.js';
import { testCrowd } from '../fixtures/testCrowd.js';

const crowd = testCrowd({ pictures: Array.from({ length: 40 }, (_, i) => 1 + (i % 5)) });
const report = measureVerification(crowd);
const FAST = { resamples: 20 };

/** All pairs, the slow way. */
function pairsOf(samples: readonly Sample[]) {
  const usable = samples.filter((s): s is Sample & { embedding: Float32Array } => s.embedding !== null);
  return usable.flatMap((a, i) =>
    usable.slice(0, i).map((b) => ({
      a: b,
      b: a,
      same: a.identity === b.identity,
      distance: Math.fround(distance(a.embedding, b.embedding)),
    })),
  );
}

function expectRates(samples: readonly Sample[], at: RatesAt) {
  const pairs = pairsOf(samples);
  const genuine = pairs.filter(({ same }) => same);
  const impostor = pairs.filter(({ same }) => !same);
  const falseMatches = impostor.filter((p) => p.distance <= at.threshold).length;
  const falseNonMatches = genuine.filter((p) => p.distance > at.threshold).length;
  expect(at).toMatchObject({ falseMatches, falseNonMatches });
  expect(at.fmr).toBe(impostor.length ? falseMatches / impostor.length : null);
  expect(at.fnmr).toBe(genuine.length ? falseNonMatches / genuine.length : null);
  for (const [rate, interval] of [
    [at.fmr, at.fmrInterval],
    [at.fnmr, at.fnmrInterval],
  ] as const) {
    if (rate === null) expect(interval).toBeNull();
    else {
      expect(interval![0]).toBeLessThanOrEqual(rate);
      expect(interval![1]).toBeGreaterThanOrEqual(rate);
    }
  }
}

function expectNoNaN(report: unknown) {
  expect(numbersIn(report).filter((value) => !Number.isFinite(value))).toEqual([]);
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(numbersIn) : [];
}

describe('rates', () => {
  it('are those of the raw pairs, in small random sets of any shape', () => {
    const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 0, maxLength: 9 });
    const threshold = fc.double({ min: 0, max: 2, noNaN: true });
    fc.assert(
      fc.property(shape, fc.nat(), fc.array(threshold, { maxLength: 3 }), (pictures, seed, thresholds) => {
        const samples = testCrowd({ pictures, seed, size: 3 });
        const found = measureVerification(samples, { ...FAST, thresholds: thresholds.map((t) => ({ fmr: 0.01, threshold: t })) });
        const pairs = pairsOf(samples);
        expect(found.genuinePairs).toBe(pairs.filter(({ same }) => same).length);
        expect(found.impostorPairs).toBe(pairs.length - found.genuinePairs);
        [...found.curve, ...found.atThresholds].forEach((at) => expectRates(samples, at));
        expectNoNaN(found);
      }),
      { numRuns: 40 },
    );
  });

  it('on the curve are those of the raw pairs too, evenly spaced down to the last supported one', () => {
    report.curve.forEach((at) => expectRates(crowd, at));
    const rates = report.curve.map(({ fmr }) => fmr!);
    expect(rates.at(-1)! * report.impostorPairs).toBeGreaterThanOrEqual(30 - 1);
    expect(rates.at(-1)! * report.impostorPairs).toBeLessThan(30 * 10 ** 0.1 + 1);
    rates.slice(1).forEach((rate, i) => expect(rates[i] / rate).toBeCloseTo(10 ** 0.1, 0));
  });

  it('are the same every time, and their intervals another with another seed', () => {
    expect(measureVerification(crowd)).toEqual(report);
    const other = measureVerification(crowd, { seed: 2 });
    expect(other.curve.map(({ fnmr }) => fnmr)).toEqual(report.curve.map(({ fnmr }) => fnmr));
    expect(other.curve).not.toEqual(report.curve);
  });
});

describe('operating points', () => {
  it('keep their promise on the raw scores, and rates without 30 pairs behind them are left out', () => {
    expect(report.operatingPoints.map(({ fmr }) => fmr)).toEqual([1e-1, 3e-2, 1e-2]);
    expect(report.impostorPairs * 1e-2).toBeGreaterThanOrEqual(30);
    expect(report.impostorPairs * 3e-3).toBeLessThan(30);
    const impostor = pairsOf(crowd).filter(({ same }) => !same);
    for (const { fmr, threshold, fmrInterval } of report.operatingPoints) {
      const accepted = impostor.filter((p) => p.distance <= threshold).length;
      expect(accepted).toBeLessThanOrEqual(fmr * impostor.length);
      expect(accepted).toBeGreaterThan(fmr * impostor.length - 2);
      expect(fmrInterval[0]).toBeLessThanOrEqual(fmr);
      expect(fmrInterval[1]).toBeGreaterThanOrEqual(accepted / impostor.length);
    }
  });

  it('are as the SDK wants them, also where strangers are copies of one picture', () => {
    expect(faultOfPoints(report.operatingPoints)).toBe('');
    const copies = crowd.map((s, i) => (i < 60 ? { ...s, embedding: crowd[0].embedding } : s));
    const found = measureVerification(copies, FAST).operatingPoints;
    expect(faultOfPoints(found)).toBe('');
    expect(found.every(({ fmr }) => fmr > (59 * 60) / 2 / 7000)).toBe(true);
  });

  it('say what they come from', () => {
    expect(report.measurement).toMatchObject({ identities: 40, genuinePairs: 160, impostorPairs: (120 * 119) / 2 - 160 });
    expect(report.measurement.method).toMatch(/^all pairs of 120 pictures.*200 bootstrap/);
  });
});

it('finds the equal error rate', () => {
  const { rate, threshold, interval } = report.equalErrorRate!;
  const pairs = pairsOf(crowd);
  const share = (same: boolean) => {
    const own = pairs.filter((p) => p.same === same);
    return own.filter((p) => p.distance <= threshold === !same).length / own.length;
  };
  expect((share(true) + share(false)) / 2).toBeCloseTo(rate, 10);
  expect(Math.abs(share(true) - share(false))).toBeLessThan(0.01);
  expect(interval[0]).toBeLessThan(rate);
  expect(interval[1]).toBeGreaterThan(rate);
  expect(interval[1]).toBeLessThan(3 * rate);
});

it('counts every pair in the histogram, in the bin of its distance', () => {
  const { width, genuine, impostor } = report.histogram;
  const sum = (bins: readonly number[]) => bins.reduce((a, b) => a + b, 0);
  expect([width, genuine.length, impostor.length]).toEqual([0.0005, 4000, 4000]);
  expect([sum(genuine), sum(impostor)]).toEqual([report.genuinePairs, report.impostorPairs]);
  const below = pairsOf(crowd).filter((p) => !p.same && p.distance < 1).length;
  expect(sum(impostor.slice(0, 2000))).toBe(below);
  expect(measureVerification([sample('a', [1, 0]), sample('b', [-1, 0])]).histogram.impostor.at(-1)).toBe(1);
});

it('lists the worst pairs of both kinds, worst first', () => {
  const pairs = pairsOf(crowd).sort((x, y) => x.distance - y.distance);
  const files = (some: typeof pairs) => some.map((p) => ({ a: p.a.file, b: p.b.file, distance: p.distance }));
  const { falseMatches, falseNonMatches } = measureVerification(crowd, { ...FAST, worst: 5 }).worst;
  expect(falseMatches).toEqual(files(pairs.filter(({ same }) => !same).slice(0, 5)));
  expect(falseNonMatches).toEqual(
    files(
      pairs
        .filter(({ same }) => same)
        .reverse()
        .slice(0, 5),
    ),
  );
  expect(report.worst.falseMatches).toHaveLength(20);
  expect(measureVerification(crowd, { ...FAST, worst: 0 }).worst).toEqual({ falseMatches: [], falseNonMatches: [] });
});

describe('failures and quality', () => {
  const samples: Sample[] = [
    ...testCrowd({ pictures: [2, 1] }),
    { file: 'x', identity: 'p1', embedding: null, reasons: [], error: 'no-face' },
    { file: 'y', identity: 'new', embedding: null, reasons: [], error: 'not an image' },
    { ...sample('p0', [1, 0, 0, 0, 0, 0, 0, 0]), file: 'z', reasons: ['blurred', 'tilted'] },
  ];

  it('are counted, and pictures without an embedding are in no pair', () => {
    const { failures, quality, pictures, embedded, genuinePairs, impostorPairs } = measureVerification(samples);
    expect({ pictures, embedded, genuinePairs, impostorPairs }).toEqual({ pictures: 6, embedded: 4, genuinePairs: 3, impostorPairs: 3 });
    expect(failures).toEqual({
      noFace: 1,
      unreadable: 1,
      rate: 2 / 6,
      pictures: [
        { file: 'x', identity: 'p1', error: 'no-face' },
        { file: 'y', identity: 'new', error: 'not an image' },
      ],
      enroll: { count: 1, rate: 1 / 3, identities: ['new'] },
    });
    expect(quality).toEqual({ refused: 1, reasons: { blurred: 1, tilted: 1 } });
  });
});

describe('what cannot be measured is said, and the rest is there', () => {
  it('one person: no strangers', () => {
    const found = measureVerification(testCrowd({ pictures: [4] }));
    expect(found).toMatchObject({ genuinePairs: 6, impostorPairs: 0, operatingPoints: [], curve: [], equalErrorRate: null });
    expect(found.notes.join()).toMatch(/one person/);
    expect(found.worst.falseNonMatches).toHaveLength(6);
    expectNoNaN(found);
  });

  it('one picture each: no genuine pairs, but a false match rate', () => {
    const found = measureVerification(testCrowd({ pictures: new Array<number>(40).fill(1) }));
    expect(found).toMatchObject({ genuinePairs: 0, impostorPairs: 780, operatingPoints: [], equalErrorRate: null });
    expect(found.curve.length).toBeGreaterThan(10);
    expect(found.curve.every(({ fmr, fnmr, fnmrInterval }) => fmr! > 0 && fnmr === null && fnmrInterval === null)).toBe(true);
    expect(found.notes.join()).toMatch(/two usable pictures/);
    expectNoNaN(found);
  });

  it('few people: no intervals', () => {
    const found = measureVerification(testCrowd({ pictures: new Array<number>(9).fill(5) }));
    expect(found.operatingPoints[0]).toMatchObject({ fmrInterval: [0, 1], fnmrInterval: [0, 1] });
    expect(found.notes).toHaveLength(2);
  });

  it('nothing at all', () => {
    for (const samples of [[], [{ file: 'x', identity: 'a', embedding: null, reasons: [] }]]) {
      const found = measureVerification(samples);
      expect(found).toMatchObject({ embedded: 0, genuinePairs: 0, impostorPairs: 0, curve: [] });
      expect(found.notes.join()).toMatch(/nothing to compare/);
      expectNoNaN(found);
    }
  });

  it('wrong samples are errors that name the picture', () => {
    expect(() => measureVerification([sample('a', [1, 0]), sample('a', [0, 1])])).toThrow(/a\.jpg twice/);
    expect(() => measureVerification([sample('a', [1, 0]), sample('b', [1, 0, 0])])).toThrow(/b\.jpg: expected 2 values/);
    expect(() => measureVerification([sample('a', [1, 1])])).toThrow(/a\.jpg: expected 2 values of length 1/);
    expect(() => measureVerification([{ ...sample('a', [1, 0]), identity: '' }])).toThrow(/identity/);
  });
});

function sample(identity: string, values: number[]): Sample {
  return { file: `${identity}.jpg`, identity, embedding: Float32Array.from(values), reasons: [] };
}
