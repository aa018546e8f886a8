import type { AttemptLimits } from './ServerStore.js';

/**
 * Throws a RangeError for numbers that no comparison would refuse by: NaN, as an environment variable that is not set gives it, is neither more nor less than
 * anything.
 */
export function assertPolicy({ maxFmr, counter, now }: { maxFmr?: number; counter?: number; now?: number }): void {
  if (maxFmr !== undefined && !(maxFmr > 0 && maxFmr <= 1))
    throw new RangeError(`expected maxFmr, more than 0 and at most 1, got ${String(maxFmr)}`);
  if (counter !== undefined && !isWhole(counter, 0)) throw new RangeError(`expected counter, a whole number, got ${String(counter)}`);
  if (now !== undefined && !Number.isFinite(now)) throw new RangeError(`expected now, milliseconds since 1970, got ${String(now)}`);
}

/** PostgreSQL's `integer`, in which tries are counted, has no more; and when a lock ends has to be a safe integer, in milliseconds since 1970. */
const MOST: AttemptLimits = { perSource: 2 ** 31 - 1, perSubject: 2 ** 31 - 1, lockTime: 2 ** 52 };

/** Throws a RangeError for limits that never lock, or that not every store can count to. */
export function assertLimits(limits: AttemptLimits): void {
  for (const name of ['perSource', 'perSubject', 'lockTime'] as const) {
    if (!isWhole(limits[name], 1) || limits[name] > MOST[name])
      throw new RangeError(`expected limits.${name}, a whole number, 1 or more and at most ${MOST[name]}, got ${String(limits[name])}`);
  }
}

function isWhole(value: number, least: number): boolean {
  return Number.isSafeInteger(value) && value >= least;
}
