import { assertOptions, type OptionNames } from '../../shared/assertOptions.js';
import { FACTORY } from '../../shared/factoryOnly.js';
import { assertStoreName } from '../database/assertStoreName.js';
import type { PageClock } from './attemptClock.js';
import { completePolicy, type AttemptPolicy } from './AttemptPolicy.js';
import { Attempts } from './Attempts.js';

export interface AttemptOptions extends Partial<AttemptPolicy> {
  /** Distinguishes several counts of one origin; default `default`. */
  name?: string;
}

const OPTIONS: OptionNames<AttemptOptions> = {
  ...{ name: true },
  ...{ free: true, firstWait: true, longestWait: true, lockAfter: true, lockWait: true },
};

/** One for each name: a count that is opened again goes on with the same clock, whatever the wall clock says by now. */
const clocks = new Map<string, PageClock>();

/**
 * The count of failed attempts of this origin, kept across reloads and shared by all tabs. Throws a TypeError or RangeError for a wrong
 * policy.
 */
// Nothing has to be waited for today; whatever opens a store answers with a promise all the same, so that one day it may.
// eslint-disable-next-line @typescript-eslint/require-await
export async function openAttempts(options: AttemptOptions = {}): Promise<Attempts> {
  assertOptions(options, OPTIONS, 'openAttempts');
  const { name = 'default', ...policy } = options;
  assertStoreName(name, 'a name');
  return new Attempts(FACTORY, name, completePolicy(policy), clockOf(name));
}

function clockOf(name: string): PageClock {
  const known = clocks.get(name);
  if (known) return known;
  const { timeOrigin } = performance;
  const clock: PageClock = { now: () => ({ wall: Date.now(), monotonic: timeOrigin + performance.now() }), last: null };
  clocks.set(name, clock);
  return clock;
}
