import { describe } from '../../shared/describe.js';

/** How failed attempts are slowed down. Times in milliseconds. */
export interface AttemptPolicy {
  /** This many failures cost nothing, since light and luck vary. Default 3. */
  readonly free: number;
  /** The wait after the first failure beyond those; it doubles with every further one. Default 5 seconds. */
  readonly firstWait: number;
  /** The longest of these waits. Default 5 minutes. */
  readonly longestWait: number;
  /** From this many failures on, the wait is `lockWait`. Default 10. */
  readonly lockAfter: number;
  /** Default an hour; Infinity: until `reset` or `erase`. */
  readonly lockWait: number;
}

export const DEFAULT_POLICY: AttemptPolicy = { free: 3, firstWait: 5_000, longestWait: 300_000, lockAfter: 10, lockWait: 3_600_000 };

/** The wait after this many failures in a row, in milliseconds. */
export function waitAfter(failures: number, { free, firstWait, longestWait, lockAfter, lockWait }: AttemptPolicy): number {
  if (failures >= lockAfter) return lockWait;
  if (failures <= free) return 0;
  return Math.min(firstWait * 2 ** (failures - free - 1), longestWait);
}

/** The policy with its defaults. Throws a TypeError or RangeError for anything that isn't one. */
export function completePolicy(wanted: Partial<AttemptPolicy>): AttemptPolicy {
  if (typeof wanted !== 'object' || wanted === null) throw new TypeError(`expected a policy, an object, got ${describe(wanted)}`);
  const { free, firstWait, longestWait, lockAfter, lockWait } = DEFAULT_POLICY;
  const policy = {
    free: wanted.free ?? free,
    firstWait: wanted.firstWait ?? firstWait,
    longestWait: wanted.longestWait ?? longestWait,
    lockAfter: wanted.lockAfter ?? lockAfter,
    lockWait: wanted.lockWait ?? lockWait,
  };
  for (const name of ['free', 'lockAfter'] as const) {
    if (!(Number.isInteger(policy[name]) && policy[name] >= 0))
      throw new RangeError(`expected ${name}, a whole number, got ${describe(policy[name])}`);
  }
  for (const name of ['firstWait', 'longestWait', 'lockWait'] as const) {
    if (!(policy[name] >= 0)) throw new RangeError(`expected ${name}, milliseconds, got ${describe(policy[name])}`);
  }
  return policy;
}
