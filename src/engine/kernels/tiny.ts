/**
 * Weights below it count as 0. Training drives weights that do nothing to almost nothing, and products of such weights below 2⁻¹²⁶, which
 * processors take a hundred times as long for: a network that takes 40 ms took 200.
 */
export const TINY = 2 ** -60;
/** The bits that `TINY` has as a float. */
export const TINY_BITS = (127 - 60) << 23;

export function withoutTiny(weight: number): number {
  return Math.abs(weight) < TINY ? 0 : weight;
}
