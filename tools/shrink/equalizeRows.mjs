/** @typedef {import('./shrinkModel.mjs').Node} Node */

/**
 * Makes the rows of a pointwise convolution equally large, so that one scale for the whole tensor suits each of them. A row belongs to an input
 * channel; where that comes straight from a depthwise convolution, its filter takes the inverse factor, and the product stays what it was.
 * @param {readonly Node[]} nodes
 * @param {Node} pointwise
 * @param {Map<string, number[]>} shapes of the weights, by name
 * @param {Map<string, Float32Array | Int32Array>} values of the weights, by name; changed in place
 * @returns {number[] | null} by how much each input channel became smaller; null where nothing could be changed
 */
export function equalizeRows(nodes, pointwise, shapes, values) {
  const [from, weights] = pointwise.input ?? [];
  const depthwise = nodes.find(({ name }) => name === from);
  const filters = depthwise?.input?.[1];
  if (depthwise?.op !== 'DepthwiseConv2dNative' || !filters || shapes.get(filters)?.[3] !== 1) return null;
  const uses = (/** @type {string} */ name) => nodes.filter(({ input }) => input?.includes(name)).length;
  if ([from, weights, filters].some((name) => uses(name) !== 1)) return null;
  const [, , channels, outputs] = /** @type {number[]} */ (shapes.get(weights));
  const w = /** @type {Float32Array} */ (values.get(weights));
  const f = /** @type {Float32Array} */ (values.get(filters));
  const largest = Array.from({ length: channels }, (_, c) =>
    w.subarray(c * outputs, (c + 1) * outputs).reduce((most, v) => Math.max(most, Math.abs(v)), 0),
  );
  const goal = Math.max(...largest);
  const factors = largest.map((size) => (size > 0 ? goal / size : 1));
  w.forEach((v, i) => (w[i] = v * factors[Math.floor(i / outputs)]));
  f.forEach((v, i) => (f[i] = v / factors[i % channels]));
  return factors;
}
