import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatsOfLevels } from '../../graph/floatsOfLevels.js';
import { packedFilter } from '../fixtures/packedFilter.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { refined } from './refined.js';
import { shortColumns, zeroOf } from './shortColumns.js';
import { LINEAR, type Filter } from './Step.js';

const CASES = fc.record({
  depth: fc.integer({ min: 1, max: 200 }),
  columns: fc.integer({ min: 1, max: 40 }),
  // Also levels of which none stands for 0.
  zero: fc.oneof(fc.integer({ min: 0, max: 255 }), fc.integer({ min: -40_000, max: 40_000 })),
  scale: fc.double({ min: 1e-5, max: 0.1, noNaN: true }),
  seed: fc.nat(),
});

/** Weights that are stored in 8 bits, of which `read` says whether they were asked for as floats. */
function stored(depth: number, columns: number, grid: { min: number; scale: number }, seed = 1): { filter: Filter; read: () => boolean } {
  const random = seededRandom(seed);
  const levels = Uint8Array.from({ length: depth * columns }, () => Math.floor(256 * random()));
  let read = false;
  const filter: Filter = {
    get weights() {
      read = true;
      return floatsOfLevels({ ...grid, levels });
    },
    ...{ bias: new Float32Array(columns), activation: LINEAR, grid: { ...grid, levels } },
  };
  return { filter, read: () => read };
}

describe('shortColumns', () => {
  it('keeps stored levels, and packs them as it packs the floats that they stand for, to the last bit', () => {
    let kept = 0;
    fc.assert(
      fc.property(CASES, ({ depth, columns, zero, scale, seed }) => {
        const { filter } = stored(depth, columns, { min: -zero * scale, scale }, seed);
        const shorts = shortColumns(filter, depth, columns)!;
        const largest = Math.max(zero, 255 - zero);
        const fits = largest <= 32_766 && largest * depth * 4096 <= 2 ** 31 - 1;
        if (!shorts.grid) {
          // Far from 0, float32 does not tell the levels apart so well.
          expect(fits && largest < 1000).toBe(false);
          return;
        }
        expect(fits).toBe(true);
        kept++;
        expect(zeroOf(shorts.grid)).toBe(zero);
        expect(packedFilter(refined(filter, shorts), depth, columns)).toEqual(
          packedFilter(refined(filter, { ...shorts, grid: undefined }), depth, columns),
        );
      }),
      { numRuns: 200 },
    );
    expect(kept).toBeGreaterThan(50);
  });

  it('keeps none of which a sum could leave 32 bits', () => {
    const grid = { min: -1, scale: 1 / 64 };
    const kept = (depth: number) => shortColumns(stored(depth, 2, grid).filter, depth, 2)!.grid !== undefined;
    // 191 levels above 0, each times 4,096.
    expect([kept(2744), kept(2745)]).toEqual([true, false]);
  });

  it('makes no floats of them where two columns of two rows fit', () => {
    const even = stored(50, 10, { min: -0.7, scale: 0.01 });
    packedFilter(refined(even.filter, shortColumns(even.filter, 50, 10)!), 50, 10);
    expect(even.read()).toBe(false);
    const odd = stored(51, 10, { min: -0.7, scale: 0.01 });
    packedFilter(refined(odd.filter, shortColumns(odd.filter, 51, 10)!), 51, 10);
    expect(odd.read()).toBe(true);
  });

  it('gives columns levels of their own where none of the stored ones stands for 0, or no number does', () => {
    const scales = (min: number, scale: number) => shortColumns(stored(40, 2, { min, scale }).filter, 40, 2);
    const between = scales(-0.704, 0.01)!;
    expect(between.grid).toBeUndefined();
    expect(between.scales[0]).toBeLessThan(0.01);
    expect(scales(-0.7, 0)!.grid).toBeUndefined();
    expect(scales(-0.7, -0.01)!.grid).toBeUndefined();
    expect(scales(NaN, 0.01)).toBeNull();
    expect(scales(-1e30, 1e38)).toBeNull();
  });
});
