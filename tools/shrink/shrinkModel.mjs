import { decodeWeights, encodeWeight, readGraph, writeGraph } from '../graph.mjs';
import { equalizeRows } from './equalizeRows.mjs';
import { largeConvolutions } from './largeConvolutions.mjs';
import { pruneGraph } from './pruneGraph.mjs';

/** The attributes that readers of graphs need. The rest are the converter's notes, and defaults. */
const ATTRIBUTES = ['strides', 'dilations', 'padding', 'data_format', 'ksize', 'fused_ops', 'num_args', 'dtype', 'shape'];

/**
 * Shrinks a TensorFlow.js graph model: removes what no requested output needs, shortens names, stores weights as float16, and stores those
 * of large convolutions as uint8 if `meanInputs` names them. The result is a TensorFlow.js graph model with one shard, weights.bin, and the
 * same on every machine.
 * @param {import('../../src/graph/readGraph.js').GraphSource} source
 * @param {readonly string[]} outputs names of the requested nodes, which they keep
 * @param {Readonly<Record<string, readonly number[]>>} [meanInputs] by name of weights, the average input of each weight of an output
 *   channel: the bias is corrected for what rounding the weights adds on average
 */
export function shrinkModel(source, outputs, meanInputs = {}) {
  const graph = pruneGraph(readGraph(source), outputs);
  const names = new Map([...graph.nodes.keys()].map((name, i) => [name, outputs.includes(name) ? name : `n${i}`]));
  const rename = (/** @type {string} */ name) => /** @type {string} */ (names.get(name));
  const weight = (/** @type {string} */ name) => /** @type {import('../../src/graph/Graph.js').Tensor} */ (graph.weights.get(name));

  /** @type {Map<string, ReturnType<typeof encodeWeight>>} by their new names */
  const rounded = new Map();
  for (const { conv, weights, bias } of largeConvolutions(graph)) {
    const seen = meanInputs[weights];
    if (!seen) continue;
    const factors = equalizeRows(graph, conv);
    const encoded = encodeWeight(rename(weights), weight(weights), 'uint8');
    rounded.set(rename(weights), encoded);
    const [actual] = decodeWeights([encoded.spec], encoded.bytes).values();
    const means = seen.map((mean, c) => mean / (factors?.[c] ?? 1));
    correctBias(weight(bias).values, weight(weights).values, actual.values, means);
  }
  const nodes = [...graph.nodes.values()].map(({ name, op, inputs, attributes }) => ({
    name: rename(name),
    op,
    inputs: inputs.map(rename),
    attributes: Object.fromEntries(ATTRIBUTES.filter((key) => key in attributes).map((key) => [key, attributes[key]])),
  }));
  const small = {
    ...graph,
    nodes: new Map(nodes.map((node) => [node.name, node])),
    // In the order of their nodes.
    weights: new Map([...graph.nodes.keys()].filter((name) => graph.weights.has(name)).map((name) => [rename(name), weight(name)])),
  };
  return writeGraph(small, (name, each) => rounded.get(name) ?? encodeWeight(name, each, 'float16'));
}

/**
 * @param {import('../../src/graph/Graph.js').Tensor['values']} bias [outputs], changed in place
 * @param {ArrayLike<number>} exact [inputs, outputs]
 * @param {ArrayLike<number>} rounded [inputs, outputs]
 * @param {readonly number[]} means [inputs]
 */
function correctBias(bias, exact, rounded, means) {
  const outputs = bias.length;
  for (let o = 0; o < outputs; o++) {
    let added = 0;
    for (const [i, mean] of means.entries()) added += mean * (rounded[i * outputs + o] - exact[i * outputs + o]);
    bias[o] -= added;
  }
}
