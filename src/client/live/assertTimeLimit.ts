import { describe } from '../../shared/describe.js';

/** Throws a RangeError for a prompt's time limit that nobody could follow, or that never ends. */
export function assertTimeLimit(timeLimit: unknown): asserts timeLimit is number {
  if (typeof timeLimit === 'number' && timeLimit >= 1000 && timeLimit <= 60_000) return;
  throw new RangeError(`expected a time limit of 1000 to 60000 ms, got ${describe(timeLimit)}`);
}
