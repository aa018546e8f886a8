import { expect, it } from 'vitest';
import { distance } from '../../matching/distance.js';
import { groupTable } from './groupTable.js';
import { measureVerification } from './measureVerification.js';
import { prepareSamples } from './prepareSamples.js';
import { testCrowd } from '../fixtures/testCrowd.js';

const GROUPS = ['north', 'south', undefined];
const crowd = testCrowd({ pictures: new Array<number>(60).fill(3) }).map((s, i) => ({ ...s, group: GROUPS[Math.floor(i / 3) % 3] }));

it('has the rates within and across groups, at the thresholds that hold for all', () => {
  const { groups, operatingPoints } = measureVerification(crowd);
  expect(groups!.groups).toEqual([
    { name: 'north', people: 20, pictures: 60 },
    { name: 'south', people: 20, pictures: 60 },
  ]);
  expect(groups!.ungrouped).toBe(60);
  expect(groups!.thresholds.map(({ fmr }) => fmr)).toEqual([1e-2]);
  expect(groups!.thresholds[0].threshold).toBe(operatingPoints.find(({ fmr }) => fmr === 1e-2)!.threshold);
  expect(groups!.cells.map(({ a, b }) => [a, b])).toEqual([
    ['north', 'north'],
    ['north', 'south'],
    ['south', 'south'],
  ]);
  for (const { a, b, genuine, impostor } of groups!.cells) {
    const pairs = crowd.flatMap((x, i) =>
      crowd
        .slice(0, i)
        .filter((y) => [x.group, y.group].sort().join() === [a, b].join())
        .map((y) => ({ same: x.identity === y.identity, distance: Math.fround(distance(x.embedding, y.embedding)) })),
    );
    groups!.thresholds.forEach(({ threshold }, t) => {
      const strangers = pairs.filter(({ same }) => !same);
      const own = pairs.filter(({ same }) => same);
      const falseMatches = strangers.filter((p) => p.distance <= threshold).length;
      const falseNonMatches = own.filter((p) => p.distance > threshold).length;
      expect(impostor).toMatchObject({ pairs: strangers.length, people: a === b ? 20 : 40 });
      expect(impostor.rates[t]).toMatchObject({ errors: falseMatches, rate: falseMatches / strangers.length });
      expect(impostor.rates[t].interval![0]).toBeLessThanOrEqual(falseMatches / strangers.length);
      expect(impostor.rates[t].interval![1]).toBeGreaterThanOrEqual(falseMatches / strangers.length);
      expect(genuine.pairs).toBe(own.length);
      if (own.length === 0) expect(genuine.rates[t]).toEqual({ errors: 0, rate: null, interval: null });
      else expect(genuine.rates[t]).toMatchObject({ errors: falseNonMatches, rate: falseNonMatches / own.length });
    });
  }
});

it('has genuine pairs across groups where one person is in both', () => {
  const lit = testCrowd({ pictures: new Array<number>(60).fill(2) }).map((s, i) => ({ ...s, group: i % 2 ? 'lamp' : 'sun' }));
  const { cells } = measureVerification(lit).groups!;
  expect(cells.map(({ genuine }) => genuine.pairs)).toEqual([0, 60, 0]);
  expect(cells.map(({ impostor }) => impostor.pairs)).toEqual([1770, 3540, 1770]);
});

it('says nothing across groups from the few people of the smaller one', () => {
  const uneven = (few: number) =>
    testCrowd({ pictures: new Array<number>(few + 100).fill(2), size: 16, spread: 0.05 }).map((sample, i) => ({
      ...sample,
      group: i < 2 * few ? 'few' : 'many',
    }));
  // Nobody of the few is near anybody else.
  const across = (few: number) => {
    const prepared = prepareSamples(uneven(few));
    const table = groupTable(prepared, [{ fmr: 1e-3, threshold: 0.2 }], { seed: 1, resamples: 50 })!;
    return table.cells.find(({ a, b }) => a !== b)!.impostor;
  };
  expect(across(2)).toMatchObject({ people: 102, pairs: 800, rates: [{ errors: 0, interval: [0, 1] }] });
  const [low, high] = across(20).rates[0].interval!;
  expect(low).toBe(0);
  expect((1 - high) ** 20).toBeCloseTo(0.025, 3);
});

it('is not there without groups', () => {
  expect(measureVerification(testCrowd({ pictures: [2, 2] })).groups).toBeNull();
});
