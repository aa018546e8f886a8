import { summarize } from './summarize.mjs';

/**
 * Measures all in turns, A B C, C B A, …, so that whatever else the machine is doing affects all of them. Every other round goes
 * backwards, so that nobody is always first.
 * @template T
 * @param {readonly T[]} contenders
 * @param {number} rounds
 * @param {(contender: T, round: number) => Promise<number[]>} measure one turn
 * @returns {Promise<import('./Samples.d.ts').Samples[]>} in the contenders' order
 */
export async function takeTurns(contenders, rounds, measure) {
  /** @type {Map<T, number[][]>} */
  const turns = new Map(contenders.map((contender) => [contender, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) {
      turns.get(contender)?.push(await measure(contender, round));
    }
  }
  return contenders.map((contender) => summarize(turns.get(contender) ?? []));
}
