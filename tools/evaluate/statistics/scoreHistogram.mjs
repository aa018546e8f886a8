/** @typedef {{ width: number, genuine: number[], impostor: number[] }} ScoreHistogram bin i counts distances from i · width to below (i + 1) · width; the last one also 2 */

const BINS = 4000;

/**
 * @param {ArrayLike<number>} genuine distances
 * @param {ArrayLike<number>} impostor distances
 * @returns {ScoreHistogram}
 */
export function scoreHistogram(genuine, impostor) {
  return { width: 2 / BINS, genuine: count(genuine), impostor: count(impostor) };
}

/** @param {ArrayLike<number>} distances */
function count(distances) {
  /** @type {number[]} */
  const bins = new Array(BINS).fill(0);
  for (let i = 0; i < distances.length; i++) bins[Math.min(Math.floor((distances[i] * BINS) / 2), BINS - 1)]++;
  return bins;
}
