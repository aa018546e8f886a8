import { median } from './median.mjs';

/**
 * @param {readonly (readonly number[])[]} turns the values of each turn
 * @returns {import('./Samples.d.ts').Samples}
 */
export function summarize(turns) {
  const all = turns.flat();
  return { median: median(all), min: Math.min(...all), turns: turns.map(median) };
}
