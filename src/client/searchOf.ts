import { describe } from '../shared/describe.js';
import type { AnalyzeOptions } from '../shared/options.js';
import { streamOf } from './camera/streamOf.js';

/**
 * How to search a picture for its faces. Throws a TypeError for `small` together with `track`: a face that is followed is not searched for.
 */
export function searchOf(source: object, { track, small = false }: AnalyzeOptions): { stream: number | null; small: boolean } {
  if (typeof small !== 'boolean') throw new TypeError(`expected small to be true or false, got ${describe(small)}`);
  if (small && track)
    throw new TypeError('expected small or track, got both: leave out track, small faces are searched for in every picture');
  return { stream: small ? null : streamOf(source, track), small };
}
