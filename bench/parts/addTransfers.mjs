/** @typedef {{ code: number, models: number, total: number, files: { path: string, bytes: number }[] }} Bytes without the two pictures */

/**
 * Bytes of bodies as they were sent, code and models apart. The two pictures are the bench's, and not counted.
 * @param {import('../server/serveBench.mjs').Transfer[]} transfers
 * @returns {Bytes}
 */
export function addTransfers(transfers) {
  const counted = transfers.filter(({ kind }) => kind !== 'pictures');
  const sum = (/** @type {string} */ wanted) => counted.reduce((total, { kind, bytes }) => total + (kind === wanted ? bytes : 0), 0);
  const code = sum('code');
  const models = sum('models');
  return { code, models, total: code + models, files: counted.map(({ path, bytes }) => ({ path, bytes })) };
}
