import { describe } from '../shared/describe.js';

/**
 * The false match rate that each comparison may have, so that somebody who is not enrolled is mistaken for anyone in a gallery of `size`
 * entries with probability `fpir` (false positive identification rate, ISO/IEC 19795-1): FMR = 1 − (1 − FPIR)^(1/size).
 *
 * This assumes independent comparisons. People differ in how many strangers they resemble, and 1 − (1 − FMR)^N is concave in the FMR, so
 * the mean over people is at or below `fpir` (Jensen), as long as the gallery resembles the people on whom the FMR was measured; a gallery
 * of relatives, or of one age and sex, does not.
 *
 * Throws a RangeError for an `fpir` outside 0 … 1 (exclusive) and for a `size` that is not a positive integer.
 */
export function fmrForFpir(fpir: number, size: number): number {
  assertRate(fpir, 'a false positive identification rate');
  assertSize(size);
  return size === 1 ? fpir : -Math.expm1(Math.log1p(-fpir) / size);
}

/** The inverse of `fmrForFpir`: FPIR = 1 − (1 − FMR)^size. */
export function fpirForFmr(fmr: number, size: number): number {
  assertRate(fmr, 'a false match rate');
  assertSize(size);
  return size === 1 ? fmr : -Math.expm1(Math.log1p(-fmr) * size);
}

function assertRate(rate: number, what: string): void {
  if (typeof rate !== 'number') throw new TypeError(`expected ${what}, a number, got ${describe(rate)}`);
  if (!(rate > 0 && rate < 1)) throw new RangeError(`expected ${what} above 0 and below 1, got ${rate}`);
}

function assertSize(size: number): void {
  if (!(Number.isInteger(size) && size > 0)) throw new RangeError(`expected a gallery size, a positive integer, got ${describe(size)}`);
}
