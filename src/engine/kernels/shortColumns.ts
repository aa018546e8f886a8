import { valuesOfLevels } from '../../graph/floatsOfLevels.js';
import type { Grid, Spacing } from '../../graph/Graph.js';
import { columnScales, MAX_LEVELS, MOST_LEVELS_SUM } from './columnScales.js';
import type { Filter } from './Step.js';
import { TINY } from './tiny.js';

/** What rounding to float32 does to levels. */
const SLACK = 1e-3;

/** What the levels of each column's weights stand for when they are 16-bit integers: scale · level. */
export interface ShortColumns {
  readonly scales: Float32Array;
  /** What the weights are stored in, if each level there is the same number here, less `zeroOf`. */
  readonly grid: Grid | undefined;
}

/**
 * How to make the weights of each column 16-bit integers. Weights that are stored in 8 bits keep the levels that they have, where one of these
 * stands for 0, which loses nothing; others get levels of their own. Null if those were too few, or if a weight is not finite.
 * @param filter whose weights are [depth][columns]
 */
export function shortColumns(filter: Pick<Filter, 'weights' | 'grid'>, depth: number, columns: number): ShortColumns | null {
  const { grid } = filter;
  if (grid && isWhole(grid, depth)) return { scales: new Float32Array(columns).fill(grid.scale), grid };
  const scales = columnScales(filter.weights, depth, columns);
  return scales && { scales, grid: undefined };
}

/** The level that stands for 0, if one does. */
export function zeroOf({ min, scale }: Spacing): number {
  return Math.round(-min / scale);
}

/** Whether all levels are whole multiples of one number, and no sum of products leaves 32 bits, whatever the inputs. */
function isWhole(grid: Spacing, depth: number): boolean {
  const step = Math.fround(grid.scale);
  const zero = zeroOf(grid);
  const largest = Math.max(zero, 255 - zero);
  if (!(step >= TINY && largest <= Math.min(MAX_LEVELS, MOST_LEVELS_SUM / depth))) return false;
  return valuesOfLevels(grid).every((value, level) => Math.abs(value / step - (level - zero)) < SLACK);
}
