import { describe, expect, it } from 'vitest';
import { cluster } from './cluster.js';
import { madeDoubles } from './fixtures/madeDoubles.js';
import { randomUnits } from './fixtures/randomUnits.js';
import { Gallery } from './Gallery.js';
import { readCohort } from './readCohort.js';

const SIZE = 8;
const FACES = 3;
const COUNT = 40;
const ONE_OR_ALL = [SIZE, FACES * SIZE];
const faces = randomUnits(FACES, SIZE, 5);
const rule = { count: COUNT, scale: 0.001, k: 4, weight: 0.5, center: 0.1 };
const bytes = Uint8Array.from({ length: COUNT * SIZE }, (_, i) => (i * 37) % 256);
const cohort = readCohort({ bytes, sha256: 'a', embeddingSize: SIZE, rule });
const packed = new Float32Array(faces.flatMap((face) => [...face]));

describe('copies of faces, and what faces can be computed from, are overwritten', () => {
  it.each<[string, lengths: number[], task: () => unknown]>([
    ['by a gallery', ONE_OR_ALL, () => new Gallery(faces.map((embedding, i) => ({ id: `p${i}`, embedding }))).distances(faces[0])],
    ['by a cohort', ONE_OR_ALL, () => cohort.meansOf(packed)],
    ['by a cohort, with their products', [COUNT], () => cohort.meansOf(packed)],
    ['by cluster', ONE_OR_ALL, () => cluster(faces, { threshold: 1 })],
  ])('%s', async (_name, lengths, task) => {
    await madeDoubles(task); // packs the cohort
    const made = (await madeDoubles(task)).filter(({ length }) => lengths.includes(length));
    expect(made.length).toBeGreaterThan(0);
    for (const doubles of made) expect(doubles.every((value) => value === 0)).toBe(true);
  });
});
