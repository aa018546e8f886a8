import type { Grid } from '../../graph/Graph.js';
import { TINY } from './tiny.js';

/** A weight's level is −128 … 127. */
const LOWEST = -128;
const STEPS = 255;

/** What the levels of each column's weights stand for when they are rounded to 8 bits: scale · level + offset. */
export interface ByteColumns {
  readonly scales: Float32Array;
  readonly offsets: Float32Array;
}

/**
 * How to round the weights of each column to 8 bits. Weights that are stored in 8 bits are not rounded again: their levels are taken as they
 * are. Otherwise a column's levels reach from its least weight to its largest. Null if a weight is not finite.
 * @param weights [depth][columns]
 * @param grid the levels that they are stored in, if they are
 */
export function byteColumns(weights: Float32Array, depth: number, columns: number, grid?: Grid): ByteColumns | null {
  const scales = new Float32Array(columns);
  const offsets = new Float32Array(columns);
  if (grid && liesOn(grid, weights)) {
    scales.fill(grid.scale);
    return { scales, offsets: offsets.fill(grid.min - LOWEST * grid.scale) };
  }
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
    offsets[n] = Math.abs(offset) < TINY ? 0 : offset;
  }
  return { scales, offsets };
}

/** The level of a weight. */
export function byteLevel(weight: number, scale: number, offset: number): number {
  return scale > 0 ? Math.min(Math.max(Math.round((weight - offset) / scale), LOWEST), LOWEST + STEPS) : 0;
}

/** Whether weights are what the levels stand for; factors may have been multiplied in since. */
function liesOn({ min, scale }: Grid, weights: Float32Array): boolean {
  if (!(scale >= TINY)) return false;
  for (const weight of weights) {
    const level = (weight - min) / scale;
    if (!(level > -SLACK && level < STEPS + SLACK && Math.abs(level - Math.round(level)) < SLACK)) return false;
  }
  return true;
}

/** What rounding to float32 does to levels. */
const SLACK = 1e-3;
