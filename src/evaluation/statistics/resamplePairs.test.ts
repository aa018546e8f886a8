import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resamplePairs } from './resamplePairs.js';
import { seededRandom } from '../../shared/seededRandom.js';

const PEOPLE = 7;
const BINS = 3;
const pair = fc.tuple(fc.nat(PEOPLE - 1), fc.nat(PEOPLE - 1), fc.nat(BINS - 1));

it('counts each pair as often as both people were drawn, for any order of pairs and number of resamples', () => {
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), fc.nat(), (pairs, resamples, seed) => {
      const found = resamplePairs({
        people: PEOPLE,
        bins: BINS,
        resamples,
        seed,
        forEachPair: (add) => pairs.forEach(([p, q, bin]) => add(p, q, bin)),
      });
      const random = seededRandom(seed);
      for (let k = 0; k < resamples; k++) {
        const drawn = Array.from({ length: PEOPLE }, () => Math.floor(random() * PEOPLE));
        const weight = (person: number) => drawn.filter((d) => d === person).length;
        for (let bin = 0; bin < BINS; bin++) {
          const own = pairs.filter((p) => p[2] === bin);
          const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
          expect(found.genuine[bin * resamples + k]).toBe(sum(own.filter(([p, q]) => p === q).map(([p]) => weight(p))));
          expect(found.impostor[bin * resamples + k]).toBe(sum(own.filter(([p, q]) => p !== q).map(([p, q]) => weight(p) * weight(q))));
        }
      }
    }),
  );
});

it('does not carry between resamples when one person has very many partners', () => {
  const rounds = 300_000;
  const { impostor } = resamplePairs({
    people: 2,
    bins: 1,
    resamples: 20,
    seed: 3,
    forEachPair: (add) => {
      for (let i = 0; i < rounds; i++) add(0, 1, 0);
    },
  });
  // Of two people, either each is drawn once, or one of them twice.
  expect(new Set(impostor)).toEqual(new Set([0, rounds]));
});
