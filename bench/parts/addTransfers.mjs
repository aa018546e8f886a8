/** @typedef {{ code: number, models: number, total: number, files: { path: string, bytes: number }[] }} Bytes without the two pictures */

/**
 * Bytes of response bodies as sent, code and models separately. The two pictures belong to the bench and are not counted.
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
