/** The worker's budget, bytes after gzip. */
export const WORKER_BUDGET = 43_000;

/**
 * What is wrong with an opened app.
 * @param {import('./cells.mjs').Cell} cell
 * @param {import('./openApp.mjs').Opened} opened
 * @returns {string[]} one sentence a fault
 */
export function judge(cell, { answer, complaints, workerBytes }) {
  if (cell.failsWith) {
    const said = String(answer.error ?? '');
    return said.includes(cell.failsWith) ? [] : [`expected an error that says ${cell.failsWith}, got ${JSON.stringify(answer)}`];
  }
  if (answer.error) return [String(answer.error), ...complaints];
  return [
    ...(answer.backend === 'wasm' ? [] : [`backend ${answer.backend}`]),
    ...(/^relaxed/.test(String(answer.build)) ? [] : [`build ${answer.build}`]),
    ...(answer.thread === 'worker' ? [] : [`computed on the ${answer.thread}`]),
    ...(Math.abs(Number(answer.length) - 1) < 1e-4 ? [] : [`length of the embedding ${answer.length}`]),
    ...(workerBytes > 0 && workerBytes <= WORKER_BUDGET ? [] : [`worker of ${workerBytes} bytes (gzip)`]),
    ...complaints,
  ];
}
