import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { floatsOfLevels } from '../../graph/floatsOfLevels.js';
import { packedFilter } from '../fixtures/packedFilter.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { byteColumns } from './byteColumns.js';
import { refined } from './refined.js';
import { LINEAR, type Filter } from './Step.js';

interface Drawn {
  readonly depth: number;
  readonly columns: number;
  readonly min: number;
  readonly scale: number;
  readonly seed: number;
}

const fourfold = (n: number) => 4 * n;

const CASES = fc.record<Drawn>({
  depth: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 60 }).map(fourfold)),
  columns: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 8 }).map(fourfold)),
  // Also numbers that float32 cannot tell apart, and grids that nothing lies on.
  min: fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: -1e7, max: 1e7, noNaN: true }), fc.constant(NaN)),
  scale: fc.oneof(fc.double({ min: 1e-4, max: 0.1, noNaN: true }), fc.constantFrom(0, -0.01, 1e-30, 1e39, 1e38)),
  seed: fc.nat(),
});

/**
 * What is in memory once the filter is packed; null if its weights cannot be bytes.
 * @param source the levels, or the floats that they stand for
 */
function packed(filter: Filter, { depth, columns }: Drawn, source: 'levels' | 'floats'): string | null {
  const bytes = byteColumns(filter, depth, columns);
  return bytes && packedFilter(refined(filter, source === 'levels' ? bytes : { ...bytes, grid: undefined }), depth, columns);
}

function filterOf({ depth, columns, min, scale, seed }: Drawn) {
  const random = seededRandom(seed);
  const levels = Uint8Array.from({ length: depth * columns }, () => Math.floor(256 * random()));
  const weights = floatsOfLevels({ min, scale, levels });
  return { weights, bias: new Float32Array(columns), activation: LINEAR, grid: { min, scale, levels } };
}

describe('storeFilter', () => {
  it('packs stored levels as it packs the floats that they stand for, to the last bit', () => {
    fc.assert(
      fc.property(CASES, (drawn) => {
        const filter = filterOf(drawn);
        expect(packed(filter, drawn, 'levels')).toEqual(packed(filter, drawn, 'floats'));
      }),
      { numRuns: 200 },
    );
  });

  it('packs them as floats, where those are multiplied, as it packs the floats that they stand for, to the last bit', () => {
    fc.assert(
      fc.property(CASES, (drawn) => {
        const filter = filterOf(drawn);
        const unread = Object.defineProperty({ ...filter }, 'weights', { get: () => expect.unreachable('read') });
        expect(packedFilter(unread, drawn.depth, drawn.columns)).toEqual(
          packedFilter({ ...filter, grid: undefined }, drawn.depth, drawn.columns),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('makes no floats of levels where two columns of four rows fit', () => {
    const drawn = { depth: 164, columns: 10, min: -1.2, scale: 0.01, seed: 5 };
    const filter = filterOf(drawn);
    const unread: Filter = {
      ...filter,
      get weights(): Float32Array {
        throw new Error('read');
      },
    };
    expect(packed(unread, drawn, 'levels')).toEqual(packed(filter, drawn, 'floats'));
    expect(() => packed(unread, { ...drawn, depth: 41, columns: 40 }, 'levels')).toThrow('read');
  });
});
