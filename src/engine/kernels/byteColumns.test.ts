import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatsOfLevels } from '../../graph/floatsOfLevels.js';
import type { Grid } from '../../graph/Graph.js';
import { byteColumns as columnsOf, byteLevel } from './byteColumns.js';

const byteColumns = (weights: Float32Array, depth: number, columns: number, grid?: Grid) => columnsOf({ weights, grid }, depth, columns);

const finite = fc.float({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 });

/** What the levels of one column's weights stand for. */
function rounded(
  weights: readonly number[],
  { scales: [scale], offsets: [offset] }: NonNullable<ReturnType<typeof byteColumns>>,
): number[] {
  return weights.map((w) => byteLevel(w, scale || Infinity, offset) * scale + offset);
}

describe('byteColumns', () => {
  it('gives each column 256 levels from its least weight to its largest', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 100 }), (weights) => {
        const columns = byteColumns(Float32Array.from(weights), weights.length, 1)!;
        const [scale] = columns.scales;
        const largest = Math.max(...weights.map(Math.abs));
        const range = Math.max(...weights) - Math.min(...weights);
        expect(Math.abs(scale * 255 - range)).toBeLessThanOrEqual(largest * 1e-4 + 2 ** -59);
        rounded(weights, columns).forEach((v, i) =>
          expect(Math.abs(v - weights[i])).toBeLessThanOrEqual(scale * 0.5001 + largest * 1e-4 + 2 ** -59),
        );
        for (const w of weights) expect(Math.abs(byteLevel(w, scale || Infinity, columns.offsets[0]) + 0.5)).toBeLessThan(128);
      }),
      { examples: [[[-(2 ** -60), 0]], [[999999.9375, 1e6]], [[-1e6, -999999.9375]], [[999990, 1e6]]] },
    );
  });

  it('takes the levels that weights are stored in as they are', () => {
    const stored = [0, 3, 255, 17, 128];
    const grid = { min: -1.1821521685049292, scale: 0.010746837895499356, levels: Uint8Array.from(stored) };
    const weights = stored.map((level) => Math.fround(level * grid.scale + grid.min));
    const columns = byteColumns(Float32Array.from(weights), 5, 1, grid)!;
    expect(weights.map((w) => byteLevel(w, columns.scales[0], columns.offsets[0]))).toEqual(stored.map((level) => level - 128));
    rounded(weights, columns).forEach((v, i) => expect(v).toBeCloseTo(weights[i], 6));
  });

  it.each([
    ['the one that stands for 0', -1.1, [0, 110, 237], 110],
    ['the nearest to that which lets the largest be a byte', -0.5, [0, 255, 50], 128],
    ['the last that lets the least be one, if all are negative', -3, [0, 200], 128],
    ['the first that lets the largest be one, if all are positive', 1, [3, 200], 73],
  ])('centers those on %s', (_, min, stored, center) => {
    const grid = { min, scale: 0.01, levels: Uint8Array.from(stored) };
    const weights = Float32Array.from(stored, (level) => level * grid.scale + min);
    const columns = byteColumns(weights, stored.length, 1, grid)!;
    expect([...weights].map((w) => byteLevel(w, columns.scales[0], columns.offsets[0]))).toEqual(stored.map((level) => level - center));
    expect(columns.offsets[0]).toBeCloseTo(min + center * 0.01, 6);
    expect(columns.center).toBe(center);
  });

  it.each([
    ['float32 rounds them', 2 ** 12, 0.01],
    ['they fall', 1, -0.01],
    ['they are next to nothing apart', 1, 1e-30],
  ])('does not where %s', (_, min, scale) => {
    const grid = { min, scale, levels: Uint8Array.of(0, 201) };
    const weights = floatsOfLevels(grid);
    const columns = byteColumns(weights, 2, 1, grid)!;
    expect(columns.grid).toBeUndefined();
    expect(columns.scales[0]).toBeCloseTo(Math.abs(weights[1] - weights[0]) / 255, 6);
  });

  it('gives columns of equal weights their value, and of next to nothing 0', () => {
    const { scales, offsets } = byteColumns(Float32Array.of(1, 0, 1e-30, 1, 0, -1e-30), 2, 3)!;
    expect([...scales]).toEqual([0, 0, 0]);
    expect([...offsets]).toEqual([1, 0, 0]);
  });

  it('gives up where a weight is no number, or the range none', () => {
    for (const weights of [
      [1, NaN],
      [Infinity, 1],
      [3e38, -3e38],
    ])
      expect(byteColumns(Float32Array.from(weights), 2, 1)).toBeNull();
  });
});
