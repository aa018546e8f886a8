import { describe, expect, it } from 'vitest';
import { randomRotation, wordsFor } from './randomRotation.js';
import { roundToInt8 } from './roundToInt8.js';

function wordsOf(n: number, seed: number): Uint32Array {
  let state = seed;
  // xorshift32: enough for a test.
  return Uint32Array.from({ length: wordsFor(n) }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  });
}
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a, (v, i) => v * b[i]).reduce((sum, v) => sum + v, 0);
const axis = (n: number, i: number) => Float64Array.from({ length: n }, (_, k) => Number(k === i));

describe('randomRotation', () => {
  it.each([2, 3, 17, 128])('is orthogonal in %i dimensions, and is taken back', (n) => {
    const rotation = randomRotation(n, wordsOf(n, 77));
    const columns = Array.from({ length: n }, (_, i) => rotation.apply(axis(n, i)));
    for (const [i, a] of columns.entries()) for (const [k, b] of columns.entries()) expect(dot(a, b)).toBeCloseTo(Number(i === k), 10);
    expect(Array.from(rotation.undo(columns[1]))).toEqual(Array.from(axis(n, 1), (v) => expect.closeTo(v, 10) as number));
  });

  it('takes an axis anywhere: on average nowhere, with variance 1 / n', () => {
    const n = 8;
    const images = Array.from({ length: 2000 }, (_, i) => randomRotation(n, wordsOf(n, 1000 + 7919 * i)).apply(axis(n, 5)));
    for (let k = 0; k < n; k++) {
      expect(images.reduce((sum, v) => sum + v[k], 0) / images.length).toBeCloseTo(0, 1);
      expect(images.reduce((sum, v) => sum + v[k] ** 2, 0) / images.length).toBeCloseTo(1 / n, 1);
    }
  });

  it('refuses the wrong number of words', () => {
    expect(() => randomRotation(4, new Uint32Array(3))).toThrow(RangeError);
  });
});

describe('roundToInt8', () => {
  it('gives no −0, which text would not keep', () => {
    expect([...roundToInt8(Float64Array.of(1, -0.001))]).toEqual([1, 0]);
  });

  it('keeps the direction to a part in a hundred', () => {
    const values = Float64Array.from({ length: 128 }, (_, i) => Math.sin(i * 1.7));
    const rounded = roundToInt8(values);
    expect(Math.hypot(...rounded)).toBeCloseTo(1, 6);
    expect(dot(values, rounded) / Math.hypot(...values)).toBeGreaterThan(0.9999);
  });
});
