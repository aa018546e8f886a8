import { expect, it } from 'vitest';
import { CHALLENGES } from '../../shared/liveness.js';
import { seededRandom } from '../../shared/seededRandom.js';
import { CHALLENGE_RULES } from './challengeRules.js';
import { drawChallenges, turnsAmong } from './drawChallenges.js';

it('draws every order with a turn, about equally often, and no other', () => {
  const random = seededRandom(1);
  const counts = new Map<string, number>();
  const draws = 20_400;
  for (let i = 0; i < draws; i++) {
    const drawn = drawChallenges(CHALLENGES, 3, random, CHALLENGE_RULES);
    expect(new Set(drawn).size).toBe(3);
    expect(turnsAmong(drawn, CHALLENGE_RULES)).not.toEqual([]);
    counts.set(drawn.join(), (counts.get(drawn.join()) ?? 0) + 1);
  }
  // 7 · 6 · 5 orders less the 3! without a turn; 100 draws each, give or take five standard deviations.
  expect(counts.size).toBe(204);
  expect(Math.min(...counts.values())).toBeGreaterThan(50);
  expect(Math.max(...counts.values())).toBeLessThan(150);
});

it('comes to an end with a source that is not random', () => {
  expect(drawChallenges(['blink', 'open-mouth', 'look-up'], 2, () => 0, CHALLENGE_RULES)).toEqual(['look-up', 'blink']);
});

it('knows in which challenges the head turns', () => {
  expect(turnsAmong(CHALLENGES, CHALLENGE_RULES)).toEqual(['turn-left', 'turn-right', 'look-up', 'look-down']);
});
