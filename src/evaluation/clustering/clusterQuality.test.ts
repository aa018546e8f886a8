import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusterQuality } from './clusterQuality.js';

const labeling = fc
  .integer({ min: 1, max: 30 })
  .chain((n) => fc.tuple(...[0, 1].map(() => fc.array(fc.integer({ min: 0, max: 6 }), { minLength: n, maxLength: n }))));

/** From the definitions, item by item and pair by pair. */
function reference(labels: number[], truth: number[]) {
  const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const all = labels.map((_, i) => i);
  const pairs = all.flatMap((i) => all.slice(0, i).map((j) => [i, j]));
  const together = pairs.filter(([i, j]) => labels[i] === labels[j]);
  const belonging = pairs.filter(([i, j]) => truth[i] === truth[j]);
  const right = together.filter(([i, j]) => truth[i] === truth[j]).length;
  return {
    pairwise: [together.length ? right / together.length : 1, belonging.length ? right / belonging.length : 1],
    bcubed: [
      mean(all.map((i) => mean(all.filter((j) => labels[j] === labels[i]).map((j) => Number(truth[j] === truth[i]))))),
      mean(all.map((i) => mean(all.filter((j) => truth[j] === truth[i]).map((j) => Number(labels[j] === labels[i]))))),
    ],
  };
}

describe('clusterQuality', () => {
  it('is what the definitions say', () => {
    fc.assert(
      fc.property(labeling, ([labels, truth]) => {
        const { pairwise, bcubed } = clusterQuality(labels, truth);
        const expected = reference(labels, truth);
        for (const [found, [precision, recall]] of [
          [pairwise, expected.pairwise],
          [bcubed, expected.bcubed],
        ] as const) {
          expect(found.precision).toBeCloseTo(precision, 12);
          expect(found.recall).toBeCloseTo(recall, 12);
          expect(found.f1).toBeCloseTo(precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall), 12);
        }
      }),
    );
  });

  it('is 1 for the truth under other names, and swaps precision and recall when labels and truth change places', () => {
    fc.assert(
      fc.property(labeling, ([labels, truth]) => {
        const perfect = { precision: 1, recall: 1, f1: 1 };
        const renamed = clusterQuality(
          truth.map((t) => `person ${9 - t}`),
          truth,
        );
        expect(renamed).toMatchObject({ pairwise: perfect, clusters: renamed.classes });
        expect(renamed.bcubed.f1).toBeCloseTo(1, 12);
        const [there, back] = [clusterQuality(labels, truth), clusterQuality(truth, labels)];
        expect(back.pairwise.recall).toBe(there.pairwise.precision);
        expect(back.bcubed.recall).toBeCloseTo(there.bcubed.precision, 12);
      }),
    );
  });

  it('knows the example: two people, one picture of the second with the first', () => {
    const { items, clusters, classes, pairwise, bcubed } = clusterQuality(Int32Array.of(0, 0, 0, 1), ['a', 'a', 'b', 'b']);
    expect({ items, clusters, classes }).toEqual({ items: 4, clusters: 2, classes: 2 });
    expect(pairwise).toEqual({ precision: 1 / 3, recall: 1 / 2, f1: 0.4 });
    expect(bcubed.precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4, 12);
    expect(bcubed.recall).toBeCloseTo((1 + 1 + 1 / 2 + 1 / 2) / 4, 12);
  });

  it('counts nothing put together as nothing wrong', () => {
    expect(clusterQuality([0, 1, 2], ['a', 'a', 'a']).pairwise).toEqual({ precision: 1, recall: 0, f1: 0 });
    expect(clusterQuality([0], ['a']).pairwise.f1).toBe(1);
  });

  it('refuses lists of unequal length, and empty ones', () => {
    expect(() => clusterQuality([0, 1], ['a'])).toThrow('got 2 and 1');
    expect(() => clusterQuality([], [])).toThrow(RangeError);
  });
});
