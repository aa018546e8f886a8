import { describe, expect, it } from 'vitest';
import { fuseEmbeddings } from '../../matching/fuseEmbeddings.js';
import { meanEmbedding } from '../../matching/meanEmbedding.js';
import { BASELINE, median, templateMethods, weightedMean, withoutFurthest } from './templateMethods.js';
import { testCrowd } from '../fixtures/testCrowd.js';

const crowd = testCrowd({ pictures: [5, 5], spread: 0.3 });
const pictures = crowd.slice(0, 5).map(({ embedding }, i) => ({ embedding, score: [0.2, 0.9, 0.5, 0.8, 0.4][i] }));
const embeddings = pictures.map(({ embedding }) => embedding);
const methods = templateMethods({ strict: 0.6, lax: 1.2 });
const named = (name: string) => methods.find((method) => method.name === name)!;

describe('templateMethods', () => {
  it('begin with what the others are compared with', () => {
    expect(methods[0].name).toBe(BASELINE);
    expect(methods[0].keep(pictures)).toEqual([meanEmbedding(embeddings)]);
  });

  it('keep embeddings of unit length, one or all', () => {
    for (const { name, keep, compare } of methods) {
      const kept = keep(pictures);
      expect(kept).toHaveLength(name.startsWith('all') ? 5 : 1);
      for (const embedding of kept) expect(Math.hypot(...embedding)).toBeCloseTo(1, 5);
      expect(compare(kept.map(() => 0.7))).toBeCloseTo(0.7, 12);
    }
  });

  it('leave out strangers as the SDK does', () => {
    const mixed = [...pictures, { embedding: crowd[7].embedding, score: 1 }];
    for (const [name, limit] of [
      ['mean of those near the medoid (1 in 1,000)', 0.6],
      ['mean of those near the medoid (1 in 100)', 1.2],
    ] as const) {
      const { embedding } = fuseEmbeddings(
        mixed.map((picture) => picture.embedding),
        limit,
      );
      expect(named(name).keep(mixed)).toEqual([embedding]);
    }
  });

  it('compare with the closest, the mean or the middle one', () => {
    const compare = (name: string) => named(name).compare([0.9, 0.1, 0.2, 0.8]);
    expect(compare('all, smallest distance')).toBe(0.1);
    expect(compare('all, mean distance')).toBeCloseTo(0.5, 12);
    expect(compare('all, median distance')).toBeCloseTo(0.5, 12);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('know the best picture', () => {
    expect(named('best picture alone').keep(pictures)).toEqual([embeddings[1]]);
  });
});

describe('weightedMean', () => {
  it('is the mean for equal weights, and the picture that has all the weight', () => {
    const [equal, mean] = [weightedMean(pictures, () => 0.3), meanEmbedding(embeddings)];
    equal.forEach((v, i) => expect(v).toBeCloseTo(mean[i], 6));
    expect(weightedMean(pictures, (score) => (score === 0.9 ? 1 : 0))).toEqual(embeddings[1]);
  });
});

describe('withoutFurthest', () => {
  it('leaves out the one that is unlike the others', () => {
    const stranger = crowd[7].embedding;
    expect(withoutFurthest([embeddings[0], stranger, embeddings[1]])).toEqual([embeddings[0], embeddings[1]]);
  });

  it('cannot tell which of two it is', () => {
    expect(withoutFurthest(embeddings.slice(0, 2))).toEqual(embeddings.slice(0, 2));
  });
});
