import { summarize } from './summarize.mjs';

/**
 * Lets all measure in turns, A B C A B C, so that whatever the machine does besides meets all of them. Every other round goes
 * backwards, for nobody to be always first.
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
