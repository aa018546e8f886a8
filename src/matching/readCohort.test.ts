import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperatingPoint } from '../shared/Manifest.js';
import { distance } from './distance.js';
import { randomUnits } from './fixtures/randomUnits.js';
import { Gallery } from './Gallery.js';
import { identify } from './identify.js';
import { normalizedDistance } from './normalizedDistance.js';
import { readCohort } from './readCohort.js';

const SIZE = 15;
const SCALE = 1 / 100;
const RULE = { count: 7, scale: SCALE, k: 3, weight: 0.75, center: 0.25 };
const rows = randomUnits(RULE.count, SIZE, 7).map((row) => Int8Array.from(row, (v) => Math.round(v / SCALE)));
const bytes = Uint8Array.from(rows.flatMap((row) => [...new Uint8Array(row.buffer)]));
const file = { bytes, sha256: 'ab'.repeat(32), embeddingSize: SIZE, rule: RULE };
const cohort = readCohort(file);

/** The same by the book. */
function meanOf(embedding: Float32Array, k: number): number {
  const cosines = rows.map((row) => row.reduce((sum, v, i) => sum + v * SCALE * embedding[i], 0)).sort((a, b) => b - a);
  return cosines.slice(0, k).reduce((sum, v) => sum + v, 0) / k;
}

describe('a cohort', () => {
  it('knows how much a face is like the k rows that are most like it', () => {
    for (const k of [1, 3, RULE.count]) {
      const one = readCohort({ ...file, rule: { ...RULE, k } });
      for (const face of randomUnits(50, SIZE, k)) expect(one.meanOf(face)).toBeCloseTo(meanOf(face, k), 6);
    }
  });

  it('says of many faces at once exactly what it says of each', () => {
    for (const count of [0, 1, 2, 5]) {
      const faces = randomUnits(count, SIZE, count + 1);
      const flat = Float32Array.from(faces.flatMap((face) => [...face]));
      expect([...cohort.meansOf(flat)]).toEqual(faces.map((face) => cohort.meanOf(face)));
    }
    expect(() => cohort.meansOf(new Float32Array(SIZE + 1))).toThrow('expected embeddings of 15 values each, got 16 values');
  });

  it('moves faces apart that are like many others, and no others', () => {
    const [a, b] = randomUnits(2, SIZE, 3);
    const square = normalizedDistance(a, b, cohort) ** 2;
    const expected = distance(a, b) ** 2 + 2 * 0.75 * (meanOf(a, 3) + meanOf(b, 3) - 2 * 0.25);
    expect(square).toBeCloseTo(expected, 6);
    expect(cohort.normalize(1.2, 0.25, 0.25)).toBeCloseTo(1.2, 12);
    expect(cohort.normalize(1.2, 0.4, 0.25)).toBeGreaterThan(1.2);
    expect(cohort.normalize(0.1, 0, 0)).toBe(0);
    expect(normalizedDistance(b, a, cohort)).toBeCloseTo(normalizedDistance(a, b, cohort), 12);
  });

  it('copies the file', () => {
    const own = bytes.slice();
    const one = readCohort({ ...file, bytes: own });
    const face = randomUnits(1, SIZE, 9)[0];
    const before = one.meanOf(face);
    own.fill(0);
    expect(one.meanOf(face)).toBe(before);
    expect(one.toFile()).toEqual(file);
    one.toFile().bytes.fill(0);
    expect(one.meanOf(face)).toBe(before);
  });

  it('refuses a file of another length, a rule that makes no sense, and embeddings of other sizes', () => {
    expect(() => readCohort({ ...file, bytes: bytes.subarray(1) })).toThrow('expected a cohort of 7 × 15 bytes, got 104');
    const wrong = { count: 1.5, k: 8, scale: 0, weight: NaN, center: 2 };
    for (const [name, value] of Object.entries(wrong)) {
      expect(() => readCohort({ ...file, rule: { ...RULE, [name]: value } })).toThrow(RangeError);
    }
    expect(() => cohort.meanOf(randomUnits(1, SIZE + 1, 1)[0])).toThrow('expected an embedding, a Float32Array of 15 finite values');
  });
});

describe('identify with a cohort', () => {
  const point = (fmr: number, threshold: number): OperatingPoint => ({
    fmr,
    threshold,
    fnmr: 0,
    fmrInterval: [0, 1],
    fnmrInterval: [0, 1],
  });
  const operatingPoints = [point(1e-1, 1.3), point(1e-3, 1.1), { ...point(1e-5, 0.9), extrapolated: true }];

  it('finds what comparing with everyone by normalized distance finds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 30 }), (seed, entries) => {
        const [face, ...others] = randomUnits(entries + 1, SIZE, seed);
        const gallery = others.map((embedding, i) => ({ id: `p${i % 9}`, embedding }));
        const { candidates, distance: plain, normalizedDistance: closest } = identify(face, gallery, { operatingPoints, cohort });
        const all = gallery.map(({ id, embedding }) => ({
          id,
          distance: distance(face, embedding),
          normalizedDistance: normalizedDistance(face, embedding, cohort),
        }));
        const [best] = all.sort((a, b) => a.normalizedDistance - b.normalizedDistance);
        expect(candidates[0]).toEqual(best);
        expect([plain, closest]).toEqual([best.distance, best.normalizedDistance]);
      }),
      { numRuns: 50 },
    );
  });

  it('has nothing left to compare with the cohort but the face, once a gallery is prepared', async () => {
    const [face, ...others] = randomUnits(301, SIZE, 5);
    const gallery = new Gallery(others.map((embedding, i) => ({ id: `p${i}`, embedding })));
    const counted = { ...cohort, rows: 0, meansOf: (flat: Float32Array) => ((counted.rows += flat.length / SIZE), cohort.meansOf(flat)) };
    const stopped = gallery.prepare(counted, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect(counted.rows).toBe(0);
    await gallery.prepare(counted);
    expect(counted.rows).toBe(300);
    await gallery.prepare(counted);
    const found = identify(face, gallery, { operatingPoints, cohort: counted, fpir: 0.5 });
    expect(counted.rows).toBe(300);
    expect(found).toEqual(
      identify(
        face,
        others.map((embedding, i) => ({ id: `p${i}`, embedding })),
        { operatingPoints, cohort, fpir: 0.5 },
      ),
    );
  });

  it('takes no cohort of the same file for another that is read by another rule', async () => {
    const [face, ...others] = randomUnits(31, SIZE, 5);
    const entries = others.map((embedding, i) => ({ id: `p${i}`, embedding }));
    const gallery = new Gallery(entries);
    await gallery.prepare(cohort);
    gallery.normalizedDistances(face, cohort);
    for (const change of [{ k: 2 }, { scale: SCALE / 2 }, { weight: 0.5 }, { center: 0.1 }]) {
      const other = readCohort({ ...file, rule: { ...RULE, ...change } });
      const { normalized } = new Gallery(entries).normalizedDistances(face, other);
      expect(gallery.normalizedDistances(face, other).normalized, JSON.stringify(change)).toEqual(normalized);
    }
  });

  it('says whether the rate could be counted', () => {
    const [face] = randomUnits(1, SIZE, 1);
    const among = (size: number) =>
      identify(face, new Gallery(Array(size).fill({ id: 'a', embedding: face })), { operatingPoints, cohort });
    expect([among(5).extrapolated, among(50).extrapolated]).toEqual([false, true]);
    expect(identify(face, [], { operatingPoints, cohort })).toMatchObject({ match: false, distance: null, normalizedDistance: null });
  });
});
