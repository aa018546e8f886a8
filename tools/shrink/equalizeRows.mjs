/**
 * Scales the rows of a pointwise convolution to the same size, so that one scale for the whole tensor suits each of them. A row belongs to
 * an input channel; if that comes straight from a depthwise convolution, its filter gets the inverse factor, and the product stays the
 * same.
 * @param {import('../../src/graph/Graph.js').Graph} graph whose weights are changed in place
 * @param {import('../../src/graph/Graph.js').GraphNode} pointwise
 * @returns {number[] | null} by how much each input channel became smaller; null if nothing could be changed
 */
export function equalizeRows({ nodes, weights }, pointwise) {
  const [from, rows] = pointwise.inputs;
  const depthwise = nodes.get(from);
  const filters = depthwise?.inputs[1];
  if (depthwise?.op !== 'DepthwiseConv2dNative' || !filters || weights.get(filters)?.shape[3] !== 1) return null;
  const uses = (/** @type {string} */ name) => [...nodes.values()].filter(({ inputs }) => inputs.includes(name)).length;
  if ([from, rows, filters].some((name) => uses(name) !== 1)) return null;
  const [, , channels, outputs] = weights.get(rows)?.shape ?? [];
  const w = /** @type {Float32Array} */ (weights.get(rows)?.values);
  const f = /** @type {Float32Array} */ (weights.get(filters)?.values);
  const largest = Array.from({ length: channels }, (_, c) =>
    w.subarray(c * outputs, (c + 1) * outputs).reduce((most, v) => Math.max(most, Math.abs(v)), 0),
  );
  const goal = Math.max(...largest);
  const factors = largest.map((size) => (size > 0 ? goal / size : 1));
  w.forEach((v, i) => (w[i] = v * factors[Math.floor(i / outputs)]));
  f.forEach((v, i) => (f[i] = v / factors[i % channels]));
  return factors;
}
