import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance } from './distance.js';
import { fuseEmbeddings } from './fuseEmbeddings.js';
import { normalizeL2 } from './normalizeL2.js';

const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }).filter((v) => Math.hypot(...v) > 0.1);
const unit = vector.map(normalizeL2);

describe('distance', () => {
  it('is √2 between perpendicular, 2 between opposite and 0 between equal vectors', () => {
    const [x, y] = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    expect(distance(x, y)).toBeCloseTo(Math.SQRT2, 6);
    expect(distance(x, Float32Array.of(-1, 0))).toBe(2);
    expect(distance(x, x)).toBe(0);
  });

  it('is a metric, and distance² = 2 − 2·cosine', () => {
    fc.assert(
      fc.property(unit, unit, unit, (a, b, c) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual(distance(a, b) + distance(b, c) + 1e-6);
        expect(distance(a, b) ** 2).toBeCloseTo(2 - 2 * a.reduce((s, v, i) => s + v * b[i], 0), 5);
      }),
    );
  });

  it.each([
    ['undefined', undefined],
    ['a bare array', [1, 0]],
    ['NaN inside', Float32Array.of(NaN, 0)],
    ['a vector that is not normalized', Float32Array.of(2, 0)],
    ['zeros', new Float32Array(2)],
    ['another length', Float32Array.of(1, 0, 0)],
  ])('refuses %s', (_name, wrong) => {
    expect(() => distance(Float32Array.of(1, 0), wrong as Float32Array)).toThrow(TypeError);
    expect(() => distance(Float32Array.of(1, 0), wrong as Float32Array)).toThrow(/expected an embedding/);
  });
});

describe('normalizeL2', () => {
  it('gives unit length and keeps the direction', () => {
    expect([...normalizeL2([3, 4])].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([0.6, 0.8]);
    fc.assert(
      fc.property(vector, (v) => {
        expect(Math.hypot(...normalizeL2(v))).toBeCloseTo(1, 5);
      }),
    );
  });

  it('refuses vectors without a direction', () => {
    for (const wrong of [
      [0, 0],
      [NaN, 1],
      [Infinity, 1],
    ])
      expect(() => normalizeL2(wrong)).toThrow(RangeError);
  });
});

describe('fuseEmbeddings', () => {
  const near = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));

  it('is the embedding itself for one capture', () => {
    expect(fuseEmbeddings([near(0.3)], 0.5)).toMatchObject({ kept: [0], consistency: 1 });
  });

  it('takes the mean direction and leaves outliers out', () => {
    const { embedding, kept, consistency } = fuseEmbeddings([near(0.1), near(2.5), near(-0.1), near(0)], 0.5);
    expect(kept).toEqual([0, 2, 3]);
    expect(embedding[0]).toBeCloseTo(1, 6);
    expect(embedding[1]).toBeCloseTo(0, 6);
    expect(consistency).toBeCloseTo((2 * Math.cos(0.1) + 1) / 3, 5);
  });

  it('refuses nothing at all', () => {
    expect(() => fuseEmbeddings([], 1)).toThrow(RangeError);
  });
});
