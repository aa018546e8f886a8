import { describe, expect, it } from 'vitest';
import type { Pixels } from './Pixels.js';
import { halve } from './Pixels.js';
import { PixelPicture } from './PixelPicture.js';
import { sampleGrid } from './sampleGrid.js';
import type { Normalization } from './Picture.js';
import type { Similarity } from './Similarity.js';

/** A gray picture from rows of values. */
function gray(rows: number[][]): Pixels {
  const data = new Uint8ClampedArray(rows.length * rows[0].length * 4);
  rows.flat().forEach((v, i) => data.set([v, v, v, 255], 4 * i));
  return { width: rows[0].length, height: rows.length, data };
}
/** What sampling a square gives. */
function sample(pixels: Pixels, view: Similarity, size: number, normalization: Normalization): Float32Array {
  const out = new Float32Array(size * size * 3);
  new PixelPicture(pixels).sample(view, size, normalization, out);
  return out;
}

/** The red channel of a warped square, as rows. */
function red(out: Float32Array): number[][] {
  const size = Math.sqrt(out.length / 3);
  return Array.from({ length: size }, (_, y) => Array.from({ length: size }, (__, x) => out[3 * (y * size + x)]));
}
const AS_IS = { scale: 1, offset: 0 };
const shift = (tx: number, ty: number) => ({ a: 1, b: 0, tx, ty });

describe('sampling', () => {
  const picture = gray([
    [0, 100],
    [200, 60],
  ]);

  it('copies pixels under the identity', () => {
    expect(red(sample(picture, shift(0, 0), 2, AS_IS))).toEqual([
      [0, 100],
      [200, 60],
    ]);
  });

  it('mixes neighbors half-way between pixel centers, and repeats the edge outside', () => {
    expect(red(sample(picture, shift(0.5, 0), 2, AS_IS))).toEqual([
      [0, 50],
      [200, 130],
    ]);
    expect(red(sample(picture, shift(-5, -5), 2, AS_IS))).toEqual([
      [60, 60],
      [60, 60],
    ]);
  });

  it('turns: a quarter turn about the center', () => {
    expect(red(sample(picture, { a: 0, b: 1, tx: 2, ty: 0 }, 2, AS_IS)).map((r) => r.map(Math.round))).toEqual([
      [200, 0],
      [60, 100],
    ]);
  });

  it('normalizes, and keeps the channels apart', () => {
    const pixel: Pixels = { width: 1, height: 1, data: Uint8ClampedArray.of(0, 255, 51, 255) };
    expect([...sample(pixel, shift(0, 0), 1, { scale: 1 / 127.5, offset: -1 })].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([
      -1, 1, -0.6,
    ]);
  });

  it('does not alias: a fine checkerboard shrunk to a quarter is even gray', () => {
    const board = gray(Array.from({ length: 64 }, (_, y) => Array.from({ length: 64 }, (__, x) => ((x + y) % 2) * 255)));
    const out = sample(board, { a: 0.25, b: 0, tx: 0, ty: 0 }, 16, AS_IS);
    expect(Math.min(...out)).toBeGreaterThan(126);
    expect(Math.max(...out)).toBeLessThan(129);
  });
});

describe('the pictures sampled', () => {
  it('are halved only below a scale of 0.6, and as often as that takes', () => {
    const level = (a: number, width = 32) => sampleGrid({ a, b: 0, tx: 0, ty: 0 }, width, 32).level;
    expect([1, 0.6, 0.59, 0.31, 0.29, 0.15].map((s) => level(s))).toEqual([0, 0, 1, 1, 2, 2]);
    expect(level(1e-9)).toBe(5);
    expect(level(1e-9, 3)).toBe(2);
  });

  it('halves by the mean of 2 × 2 and repeats an odd edge', () => {
    const { width, height, data } = halve(gray([[10, 20, 40]]));
    expect([width, height, data[0], data[4]]).toEqual([2, 1, 15, 40]);
  });
});
