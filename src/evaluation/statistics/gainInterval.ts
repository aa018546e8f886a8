import { MIN_INDEPENDENT, type Interval } from './interval.js';
import { middle95 } from './middle95.js';

/**
 * The 95 % interval of the difference of two rates of the same people: the middle of its bootstrap resamples. Null where these say nothing: of
 * few people, and where both rates are 0 or both 1, since resampling cannot show an error that never happened.
 * @param resampled differences; those that are not finite (a resample without any pair) are left out
 */
export function gainInterval(
  resampled: ArrayLike<number>,
  rates: readonly [before: number, after: number],
  independent: number,
): Interval | null {
  if (independent < MIN_INDEPENDENT || rates.every((rate) => rate === 0) || rates.every((rate) => rate === 1)) return null;
  return middle95(resampled);
}
