import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster } from './cluster.js';
import { distance } from './distance.js';
import { randomUnits } from './fixtures/randomUnits.js';
import { seededRandom } from '../shared/seededRandom.js';

const near = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

/** Joins the closest pair of clusters over and over, from the definition: O(n³) and more. */
function naive(embeddings: readonly Float32Array[], threshold: number): number[][] {
  // Not by `distance`: float32 keeps the length of a unit vector to 3e-8 only, which may decide between two pairs that are nearly as close.
  const units = embeddings.map((embedding) => Array.from(embedding, (value) => value / Math.hypot(...embedding)));
  const squared = (i: number, j: number) => units[i].reduce((sum, value, k) => sum + (value - units[j][k]) ** 2, 0);
  let clusters = embeddings.map((_, i) => [i]);
  const between = (a: number[], b: number[]) =>
    a.reduce((sum, i) => sum + b.reduce((s, j) => s + squared(i, j), 0), 0) / (a.length * b.length);
  for (;;) {
    let [best, joined]: [number, number[][]] = [Infinity, []];
    clusters.forEach((a, i) =>
      clusters.slice(0, i).forEach((b) => {
        const d = between(a, b);
        if (d < best) [best, joined] = [d, [a, b]];
      }),
    );
    if (!(best <= threshold * threshold)) return clusters;
    clusters = [...clusters.filter((c) => !joined.includes(c)), joined.flat()];
  }
}

/** As sets of indices, in an order that depends on nothing else. */
function groups(labels: ArrayLike<number>): number[][] {
  const found = new Map<number, number[]>();
  for (let i = 0; i < labels.length; i++) found.set(labels[i], [...(found.get(labels[i]) ?? []), i]);
  return canonical([...found.values()]);
}

function canonical(clusters: number[][]): number[][] {
  return clusters.map((c) => [...c].sort((a, b) => a - b)).sort((a, b) => a[0] - b[0]);
}

function shuffled(count: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, i) => ({ i, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ i }) => i);
}

/** Scattered or crowded, in few or many dimensions; no two pairs are equally far apart. */
const crowd = fc
  .record({
    seed: fc.integer(),
    count: fc.integer({ min: 0, max: 28 }),
    size: fc.constantFrom(2, 3, 8, 32),
    people: fc.integer({ min: 1, max: 8 }),
    scatter: fc.constantFrom(0.2, 0.6, 1, 3),
  })
  .map(({ seed, count, size, people, scatter }) => randomUnits(count, size, seed, randomUnits(people, size, seed + 1), scatter));
const threshold = fc.double({ min: 0.05, max: 1.9, noNaN: true });

describe('cluster', () => {
  it('is average linkage', () => {
    fc.assert(
      fc.property(crowd, threshold, (embeddings, t) => {
        expect(groups(cluster(embeddings, { threshold: t }))).toEqual(canonical(naive(embeddings, t)));
      }),
      { numRuns: 200 },
    );
  });

  it('gives the same clusters in whatever order, also where distances are equal', () => {
    const grid = fc.array(
      fc.integer({ min: 0, max: 11 }).map((hour) => near((hour * Math.PI) / 6)),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(fc.oneof(crowd, grid), threshold, fc.integer(), (embeddings, t, seed) => {
        const order = shuffled(embeddings.length, seed);
        const labels = cluster(
          order.map((i) => embeddings[i]),
          { threshold: t },
        );
        const back = embeddings.map((_, i) => labels[order.indexOf(i)]);
        // Equal embeddings are interchangeable: each stands for all.
        const key = (i: number) => embeddings.findIndex((e) => e.every((v, k) => v === embeddings[i][k]));
        const byValue = (clusters: number[][]) => canonical(clusters.map((c) => c.map(key)));
        expect(byValue(groups(back))).toEqual(byValue(groups(cluster(embeddings, { threshold: t }))));
      }),
    );
  });

  it('numbers the largest cluster 0, and the first to appear before equals', () => {
    const embeddings = [0, 1, 3, 1.01, 3.01, 3.02, -1].map(near);
    expect([...cluster(embeddings, { threshold: 0.2 })]).toEqual([2, 1, 0, 1, 0, 0, 3]);
    fc.assert(
      fc.property(crowd, threshold, (e, t) => {
        const labels = [...cluster(e, { threshold: t })];
        const sizes = labels.reduce<number[]>((all, label) => ((all[label] = (all[label] ?? 0) + 1), all), []);
        expect([...sizes].sort((a, b) => b - a)).toEqual(sizes);
      }),
    );
  });

  it('leaves everything apart but duplicates at 0, and joins everything at 2', () => {
    fc.assert(
      fc.property(crowd, fc.integer({ min: 1, max: 4 }), (embeddings, copies) => {
        // Two that differ by less than a cosine can tell count as equal.
        fc.pre(embeddings.every((a, i) => embeddings.slice(0, i).every((b) => distance(a, b) > 1e-5)));
        const repeated = Array.from({ length: copies }, () => embeddings).flat();
        const apart = cluster(repeated, { threshold: 0 });
        const first = (i: number) => repeated.findIndex((e) => e.every((v, k) => v === repeated[i][k]));
        repeated.forEach((_, i) => expect(apart[i]).toBe(apart[first(i)]));
        expect(new Set(apart).size).toBe(new Set(repeated.map((_, i) => first(i))).size);
        expect(new Set(cluster(repeated, { threshold: 2 })).size).toBe(Math.min(1, repeated.length));
      }),
    );
    expect([...cluster([near(0), near(Math.PI)], { threshold: 2 })]).toEqual([0, 0]);
  });

  it('finds planted people among 128 dimensions', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, people) => {
        const embeddings = randomUnits(300, 128, seed, randomUnits(people, 128, seed + 1), 0.5);
        const labels = cluster(embeddings, { threshold: 1 });
        expect(groups(labels)).toEqual(groups(embeddings.map((_, i) => i % people)));
      }),
      { numRuns: 10 },
    );
  });

  it('counts the mean over all pairs: neither one close pair joins, nor one far pair parts', () => {
    // A chain of steps of 0.3: single linkage would join all of it.
    const chain = Array.from({ length: 8 }, (_, i) => near(0.3 * i + 0.001 * i * i));
    expect(new Set(cluster(chain, { threshold: 0.5 })).size).toBeGreaterThan(2);
    // The outer two are further apart than the threshold, which complete linkage would not accept.
    expect(distance(near(0), near(0.6))).toBeGreaterThan(0.5);
    expect([...cluster([near(0), near(0.3), near(0.6)], { threshold: 0.5 })]).toEqual([0, 0, 0]);
  });

  it('refuses what is no embedding and no threshold', () => {
    expect(() => cluster([near(0), Float32Array.of(2, 0)], { threshold: 1 })).toThrow(/expected an embedding/);
    expect(() => cluster([near(0), Float32Array.of(1, 0, 0)], { threshold: 1 })).toThrow(/of 2 finite values/);
    expect(() => cluster(null as unknown as [], { threshold: 1 })).toThrow(/expected an array of embeddings, got null/);
    for (const wrong of [-0.1, 2.1, NaN]) expect(() => cluster([], { threshold: wrong })).toThrow(RangeError);
    expect(() => cluster([], { threshold: '1' as unknown as number })).toThrow(TypeError);
  });
});
