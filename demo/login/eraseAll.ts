import { messageOf } from '../ui/messageOf.js';

/**
 * Has everything deleted, also where something fails.
 * @param erase each says in words what it had to leave, '' if nothing; or fails
 * @returns what is left, in words
 */
export async function eraseAll(erase: readonly (() => Promise<string>)[]): Promise<string[]> {
  const outcomes = await Promise.allSettled(erase.map((one) => one()));
  return outcomes.map((outcome) => (outcome.status === 'rejected' ? messageOf(outcome.reason) : outcome.value)).filter(Boolean);
}
