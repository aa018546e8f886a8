import { valuesOfLevels } from '../../graph/floatsOfLevels.js';
import type { Grid } from '../../graph/Graph.js';
import type { Filter } from './Step.js';
import { TINY } from './tiny.js';

/** A weight's level is −128 … 127. */
const LOWEST = -128;
const STEPS = 255;

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
    // If all that there can be lies on the grid, the weights need not be asked, nor made.
    const values = valuesOfLevels(grid);
    const all = grid.levels !== undefined && liesOn(grid, values, 1);
    if (all || liesOn(grid, filter.weights)) {
      const center = centerOf(grid, grid.levels ? values[largest(grid.levels)]! : largest(filter.weights));
      scales.fill(grid.scale);
      offsets.fill(grid.min + center * grid.scale);
      // Numbers that float32 cannot tell apart become the same level.
      const kept = all && values.every((value, level) => byteLevel(value, scales[0]!, offsets[0]!) === level - center);
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
    const scale = range < TINY ? 0 : range / STEPS;
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
 * @param most the largest weight
 */
function centerOf({ min, scale }: Grid, most: number): number {
  return Math.max(Math.round((most - min) / scale) + LOWEST + 1, Math.min(-LOWEST, Math.round(-min / scale)));
}

function largest(values: Uint8Array | Float32Array): number {
  let most = values[0] ?? 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > most) most = values[i]!;
  return most;
}

/** Whether weights are what the levels stand for, of which enough are asked: factors may have been multiplied in since. */
function liesOn({ min, scale }: Grid, weights: Float32Array, every = SOME): boolean {
  if (!(scale >= TINY)) return false;
  for (let i = 0; i < weights.length; i += every) {
    const level = (weights[i]! - min) / scale + SLACK;
    // Little above a whole number, 0 … 255.
    if (!(level >= 0 && level < STEPS + 2 * SLACK && level - (level | 0) < 2 * SLACK)) return false;
  }
  return true;
}

const SOME = 61;
/** What rounding to float32 does to levels. */
const SLACK = 1e-3;
