import { expect, it, vi } from 'vitest';
import { AttemptCount } from './AttemptCount.js';
import { outcomeOfError } from './outcomeOf.js';
import { ENGLISH_WORDS } from './words/Words.js';

const denied = vi.hoisted(() => ({ wait: 0 }));
vi.mock('../vault/attempts/openAttempts.js', () => ({
  openAttempts: () => Promise.resolve({ begin: () => Promise.resolve({ allowed: false, ...denied }) }),
}));

it.each([
  [4_100, 'Try again in 5 seconds.'],
  [90_000, 'Try again in 90 seconds.'],
  [90_001, 'Try again in 2 minutes.'],
  [3_600_000, 'Try again in 60 minutes.'],
])('tells who has to wait for %i ms how long, in numbers that can be told', async (wait, told) => {
  denied.wait = wait;
  const error: unknown = await AttemptCount.begin('ann').catch((reason: unknown) => reason);
  const { title, text, values, retry } = outcomeOfError(error as Error);
  expect([ENGLISH_WORDS.say(title, values), ENGLISH_WORDS.say(text, values), retry]).toEqual(['Too many tries', told, true]);
});
