import { TINY } from './tiny.js';

/** Beyond what the largest input of a row becomes (kernels.c: MOST). */
const INPUTS = 4096;
/** The most that the levels of a column may come to, whatever their signs: then no sum of products leaves 32 bits. */
export const MOST_LEVELS_SUM = (2 ** 31 - 1) / INPUTS;
/** Beside its neighbors' errors, that of a weight in so few levels would count. */
const MIN_LEVELS = 255;
export const MAX_LEVELS = 32_766;

/**
 * What one level of each column's weights stands for when they are rounded to 16-bit integers: as little as lets no sum of products with 12-bit
 * inputs leave 32 bits, whatever the inputs. 0 for columns of zeros. Null if that leaves too few levels, or if a weight is not finite.
 * @param weights [depth][columns]
 */
export function columnScales(weights: Float32Array, depth: number, columns: number): Float32Array | null {
  const largest = new Float64Array(columns);
  const sums = new Float64Array(columns);
  for (let k = 0, i = 0; k < depth; k++) {
    for (let n = 0; n < columns; n++, i++) {
      const size = Math.abs(weights[i]!);
      if (size > largest[n]!) largest[n] = size;
      sums[n]! += size;
    }
  }
  const scales = new Float32Array(columns);
  // Rounding may add a half to each weight.
  const room = MOST_LEVELS_SUM - depth / 2;
  for (let n = 0; n < columns; n++) {
    if (!Number.isFinite(sums[n])) return null;
    // Their scales would be no normal floats.
    if (largest[n]! < TINY) continue;
    const levels = Math.min((room * largest[n]!) / sums[n]!, MAX_LEVELS);
    if (levels < MIN_LEVELS) return null;
    scales[n] = largest[n]! / levels;
  }
  return scales;
}
