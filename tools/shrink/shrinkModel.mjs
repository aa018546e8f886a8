import { equalizeRows } from './equalizeRows.mjs';
import { largeConvolutions } from './largeConvolutions.mjs';
import { pruneGraph } from './pruneGraph.mjs';
import { readWeights, storeWeight } from './weights.mjs';

/** What a reader of graphs asks of a node. The rest are the converter's notes, and defaults. */
const ATTRIBUTES = ['strides', 'dilations', 'padding', 'data_format', 'ksize', 'fused_ops', 'num_args', 'dtype', 'shape'];

/**
 * @typedef {{ name: string, op: string, input?: string[], attr?: Record<string, unknown> }} Node
 * @typedef {{ paths: string[], weights: import('./weights.mjs').Weight[] }} WeightGroup
 * @typedef {{ format: string, modelTopology: { node: Node[], library?: unknown, versions?: unknown }, weightsManifest: WeightGroup[] }} ModelJson
 */

/**
 * Makes a TensorFlow.js graph model small: what no wanted output needs goes, names become short, weights become float16, and those of large
 * convolutions uint8 where `meanInputs` names them. The result is a TensorFlow.js graph model with one shard, weights.bin; the same on every machine.
 * @param {ModelJson} model with one shard
 * @param {Buffer} weights
 * @param {readonly string[]} outputs names of the nodes that are wanted, which they keep
 * @param {Readonly<Record<string, readonly number[]>>} [meanInputs] by name of weights, the average input of each weight of an output channel: the
 *   bias is corrected for what rounding the weights adds on average
 * @returns {{ model: ModelJson, weights: Buffer }}
 */
export function shrinkModel({ format, modelTopology, weightsManifest }, weights, outputs, meanInputs = {}) {
  const nodes = pruneGraph(modelTopology.node, outputs);
  const names = new Map(nodes.map(({ name }, i) => [name, outputs.includes(name) ? name : `n${i}`]));
  const rename = (/** @type {string} */ name) => /** @type {string} */ (names.get(name));
  const shapes = new Map(weightsManifest[0].weights.map(({ name, shape }) => [name, shape]));
  const values = readWeights(weightsManifest[0].weights, weights);
  const floats = (/** @type {string} */ name) => /** @type {Float32Array} */ (values.get(name));
  const store = (/** @type {string} */ name, /** @type {'uint8' | 'float16'} */ form) =>
    storeWeight(rename(name), shapes.get(name) ?? [], floats(name), form);

  /** @type {Map<string, ReturnType<typeof store>>} */
  const stored = new Map();
  for (const { conv, weights, bias } of largeConvolutions(nodes, shapes)) {
    const seen = meanInputs[weights];
    if (!seen) continue;
    const factors = equalizeRows(nodes, conv, shapes, values);
    const rounded = store(weights, 'uint8');
    stored.set(weights, rounded);
    const [actual] = readWeights([rounded.spec], rounded.bytes).values();
    const means = seen.map((mean, c) => mean / (factors?.[c] ?? 1));
    correctBias(floats(bias), floats(weights), actual, means);
  }
  const kept = nodes.filter(({ name }) => values.has(name)).map(({ name }) => stored.get(name) ?? store(name, 'float16'));
  const node = nodes.map(({ name, op, input, attr = {} }) => ({
    name: rename(name),
    op,
    ...(input && { input: input.map(rename) }),
    attr: Object.fromEntries(ATTRIBUTES.filter((key) => key in attr).map((key) => [key, attr[key]])),
  }));
  const { library, versions } = modelTopology;
  return {
    model: {
      format,
      modelTopology: { node, library, versions },
      weightsManifest: [{ paths: ['weights.bin'], weights: kept.map(({ spec }) => spec) }],
    },
    weights: Buffer.concat(kept.map(({ bytes }) => bytes)),
  };
}

/**
 * @param {Float32Array} bias [outputs], changed in place
 * @param {Float32Array} exact [inputs, outputs]
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
