import { distanceTable } from './distanceTable.mjs';

/**
 * All pairs of two pictures of one person, by their places in the list.
 * @param {readonly import('./prepareSamples.mjs').Sample[]} samples all with an embedding
 * @returns {{ a: number, b: number, distance: number }[]}
 */
export function genuinePairs(samples) {
  const between = distanceTable(samples.map(({ embedding }) => /** @type {Float32Array} */ (embedding)));
  /** @type {Map<string, number[]>} */
  const people = new Map();
  samples.forEach(({ identity }, i) => people.set(identity, [...(people.get(identity) ?? []), i]));
  return [...people.values()].flatMap((own) => own.flatMap((a, i) => own.slice(i + 1).map((b) => ({ a, b, distance: between(a, b) }))));
}
