import { TURNS, type Challenge } from '../../shared/liveness.js';

/**
 * Draws so many different challenges in random order, every order with at least one turn being equally likely.
 * @param random a number in 0 … 1, 1 excluded
 */
export function drawChallenges(from: readonly Challenge[], count: number, random: () => number): Challenge[] {
  for (let attempt = 0; attempt < 1000; attempt++) {
    const rest = [...from];
    const drawn = Array.from({ length: count }, () => rest.splice(Math.floor(random() * rest.length), 1)[0]!);
    if (drawn.some((challenge) => TURNS.includes(challenge))) return drawn;
  }
  // 1000 draws without a turn: `random` is not random.
  const turn = from.find((challenge) => TURNS.includes(challenge))!;
  return [turn, ...from.filter((challenge) => challenge !== turn)].slice(0, count);
}
