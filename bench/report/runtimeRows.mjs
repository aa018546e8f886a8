import { milliseconds } from './format.mjs';

/**
 * @typedef {{ name: string, values: (number | null)[], base: (number | null)[], format: (value: number) => string }} RuntimeRow `base`:
 * visavis'
 */

export const THREADS = /** @type {const} */ ([1, 2]);

/** @param {import('../Results.d.ts').RuntimeSamples[]} [embedding] @returns {RuntimeRow[]} milliseconds by the number of threads */
export function runtimeRows(embedding = []) {
  const of = (/** @type {string} */ name) =>
    THREADS.map((threads) => embedding.find((each) => each.name === name && each.threads === threads)?.median ?? null);
  const names = [...new Set(embedding.map(({ name }) => name))];
  return names.map((name) => ({ name, values: of(name), base: of('visavis'), format: milliseconds }));
}
