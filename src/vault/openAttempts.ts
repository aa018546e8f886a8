import { describe } from '../shared/describe.js';
import { completePolicy, type AttemptPolicy } from './AttemptPolicy.js';
import { Attempts } from './Attempts.js';

export interface AttemptOptions extends Partial<AttemptPolicy> {
  /** Several counts of one origin are told apart by name; default `default`. */
  name?: string;
}

/** The count of failed attempts of this origin, kept across reloads and shared by all tabs. Throws a TypeError or RangeError for a wrong policy. */
export function openAttempts({ name = 'default', ...policy }: AttemptOptions = {}): Attempts {
  if (typeof name !== 'string' || name === '') throw new TypeError(`expected a name, a text, got ${describe(name)}`);
  return new Attempts(name, completePolicy(policy), () => ({ wall: Date.now(), monotonic: performance.now() }));
}
