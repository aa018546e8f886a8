import { valuesOfLevels } from '../../graph/floatsOfLevels.js';
import type { Grid, Spacing } from '../../graph/Graph.js';
import type { Filter } from './Step.js';
import { TINY } from './tiny.js';

/** A weight's level is −128 … 127. */
const LOWEST = -128;
const STEPS = 255;
/** A column whose weights differ by less than this part of the largest has levels that float32, of 24 bits, can no longer tell apart. */
const FLAT = 2 ** -14;

/** What the levels of each column's weights stand for when they are rounded to 8 bits: scale · level + offset. */
export interface ByteColumns {
  readonly scales: Float32Array;
  readonly offsets: Float32Array;
  /** What the weights are stored in, if each level there is the same number here, less `center`. */
  readonly grid: Grid | undefined;
  readonly center?: number;
}

/**
 * How to round the weights of each column to 8 bits. Weights that are stored in 8 bits are not rounded again: their levels are taken as they
 * are. Otherwise a column's levels reach from its least weight to its largest. Null if a weight is not finite.
 * @param filter whose weights are [depth][columns]
 */
export function byteColumns(filter: Pick<Filter, 'weights' | 'grid'>, depth: number, columns: number): ByteColumns | null {
  const { grid } = filter;
  const scales = new Float32Array(columns);
  const offsets = new Float32Array(columns);
  if (grid) {
    // The weights need not be asked, nor made.
    const values = valuesOfLevels(grid);
    if (isEven(grid, values)) {
      const center = centerOf(grid, largest(grid.levels));
      scales.fill(grid.scale);
      offsets.fill(grid.min + center * grid.scale);
      // Numbers that float32 cannot tell apart become the same level.
      const kept = values.every((value, level) => byteLevel(value, scales[0]!, offsets[0]!) === level - center);
      return { scales, offsets, center, grid: kept ? grid : undefined };
    }
  }
  const { weights } = filter;
  const least = new Float32Array(columns).fill(Infinity);
  const most = new Float32Array(columns).fill(-Infinity);
  for (let k = 0, i = 0; k < depth; k++) {
    for (let n = 0; n < columns; n++, i++) {
      const weight = weights[i]!;
      if (!Number.isFinite(weight)) return null;
      if (weight < least[n]!) least[n] = weight;
      if (weight > most[n]!) most[n] = weight;
    }
  }
  for (let n = 0; n < columns; n++) {
    const range = most[n]! - least[n]!;
    // Levels closer than float32 has numbers would not stay bytes: such a column's weights count as equal.
    const isFlat = range < Math.max(TINY, FLAT * Math.max(-least[n]!, most[n]!));
    const scale = isFlat ? 0 : range / STEPS;
    if (!Number.isFinite(Math.fround(range))) return null;
    const offset = scale > 0 ? least[n]! - LOWEST * scale : (least[n]! + most[n]!) / 2;
    scales[n] = scale;
    // Where there are levels, the least has to stay the least.
    offsets[n] = scale === 0 && Math.abs(offset) < TINY ? 0 : offset;
  }
  return { scales, offsets, grid: undefined };
}

/**
 * The level of a weight. A start waits for millions of these, and `Math.round` takes three times as long as rounding a positive number down.
 * @param scale Infinity where there is only one level
 */
export function byteLevel(weight: number, scale: number, offset: number): number {
  return (((weight - offset) / scale + 0.5 - LOWEST) | 0) + LOWEST;
}

/**
 * The stored level that becomes 0: the one that stands for it, or the nearest to it that lets the largest be a byte. Small levels let kernels
 * add more products up in 16 bits.
 * @param most the largest level
 */
function centerOf({ min, scale }: Spacing, most: number): number {
  return Math.max(most + LOWEST + 1, Math.min(-LOWEST, Math.round(-min / scale)));
}

function largest(levels: Uint8Array): number {
  let most = 0;
  for (const level of levels) if (level > most) most = level;
  return most;
}

/** Whether float32 still has the levels evenly spaced: far from 0, it rounds them. */
function isEven({ min, scale }: Spacing, values: Float32Array): boolean {
  return scale >= TINY && values.every((value, level) => Math.abs((value - min) / scale - level) < SLACK);
}

/** What rounding to float32 does to levels. */
const SLACK = 1e-3;
