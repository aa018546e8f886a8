import type { ChallengeRules } from './challengeRules.js';

/** The challenges in which the head turns. Only these show that a face has depth, so every session asks for at least one. */
export function turnsAmong<Name extends string>(challenges: readonly Name[], rules: ChallengeRules<Name>): Name[] {
  return challenges.filter((challenge) => rules[challenge].axis !== null);
}

/**
 * Draws different challenges in random order; every order with at least one turn is equally likely.
 * @param from different challenges, at least one of them a turn
 * @param random a number in 0 … 1, 1 excluded
 */
export function drawChallenges<Name extends string>(
  from: readonly Name[],
  count: number,
  random: () => number,
  rules: ChallengeRules<Name>,
): Name[] {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const rest = [...from];
    const drawn = Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!);
    if (turnsAmong(drawn, rules).length > 0) return drawn;
  }
  // 1000 draws without a turn: `random` is not random.
  const turn = turnsAmong(from, rules)[0]!;
  return [turn, ...from.filter((challenge) => challenge !== turn)].slice(0, count);
}
