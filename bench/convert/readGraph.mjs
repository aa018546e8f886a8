import { readWeights } from './readWeights.mjs';

/**
 * What every runtime is given: the operations of the graph in order, each fed by the one before, with float32 weights.
 * @typedef {{ kind: 'conv' | 'depthwise', weights: Float32Array, size: number[], bias: Float32Array, strides: number[], padding: string, relu6: boolean }} Convolution
 *   `size`: [height, width, inputs, outputs], of `depthwise` [height, width, channels, 1]
 * @typedef {{ kind: 'mean' }} Mean over height and width
 * @typedef {{ kind: 'dense', weights: Float32Array, size: number[], bias: Float32Array }} Dense `size`: [inputs, outputs]
 * @typedef {(Convolution | Mean | Dense) & { name: string, shape: number[] }} Layer `shape`: of the output, channels last
 * @typedef {{ input: string, inputShape: number[], output: string, layers: Layer[] }} Network
 */

/**
 * Reads the graph of a face embedder as TensorFlow.js stores it. Knows the operations of `mobilenet-160`, and says so where there is another.
 * @param {any} modelJson
 * @param {ArrayBuffer} bytes
 * @returns {Network}
 */
export function readGraph(modelJson, bytes) {
  const weights = readWeights(modelJson.weightsManifest, bytes);
  /** @param {string} name */
  const constant = (name) => {
    const found = weights.get(name);
    if (!found) throw new Error(`the graph has no constant "${name}"`);
    return found;
  };
  const nodes = modelJson.modelTopology.node.filter((/** @type {any} */ { op }) => op !== 'Const');
  const [placeholder, ...rest] = nodes;
  if (placeholder.op !== 'Placeholder') throw new Error(`the graph starts with ${placeholder.op}, not with its input`);
  const inputShape = placeholder.attr.shape.shape.dim.map((/** @type {{ size: string }} */ { size }) => Math.max(1, Number(size)));

  /** @type {Layer[]} */
  const layers = [];
  let shape = inputShape;
  let previous = placeholder.name;
  for (const node of rest) {
    const [from, ...constants] = node.input;
    if (from !== previous) throw new Error(`the graph is no chain: ${node.name} is fed by ${from}, after ${previous}`);
    previous = node.name;
    if (node.op === 'Identity') continue;
    const layer = readLayer(node, constants.map(constant), shape);
    shape = layer.shape;
    layers.push(layer);
  }
  return { input: placeholder.name, inputShape, output: previous, layers };
}

/**
 * @param {any} node
 * @param {import('./readWeights.mjs').Constant[]} constants
 * @param {number[]} shape of its input
 * @returns {Layer}
 */
function readLayer({ name, op, attr }, constants, shape) {
  const [weights, bias] = constants;
  const fused = (attr.fused_ops?.list.s ?? []).map(text);
  if (op === '_FusedConv2D' || op === 'FusedDepthwiseConv2dNative') {
    if (fused[0] !== 'BiasAdd' || (fused.length > 1 && fused[1] !== 'Relu6')) throw new Error(`${name} is fused with ${fused.join(', ')}`);
    const strides = attr.strides.list.i.slice(1, 3).map(Number);
    const padding = text(attr.padding.s);
    const [kh, kw] = weights.shape;
    const outputs = op === '_FusedConv2D' ? weights.shape[3] : weights.shape[2];
    const [height, width] = [kh, kw].map((kernel, i) =>
      padding === 'SAME' ? Math.ceil(shape[i + 1] / strides[i]) : Math.floor((shape[i + 1] - kernel) / strides[i]) + 1,
    );
    return {
      kind: op === '_FusedConv2D' ? 'conv' : 'depthwise',
      name,
      weights: weights.values,
      size: weights.shape,
      bias: bias.values,
      strides,
      padding,
      relu6: fused.length > 1,
      shape: [shape[0], height, width, outputs],
    };
  }
  if (op === 'Mean' && !attr.keep_dims?.b) return { kind: 'mean', name, shape: [shape[0], shape[3]] };
  if (op === '_FusedMatMul' && fused.join() === 'BiasAdd' && !attr.transpose_a?.b && !attr.transpose_b?.b) {
    return { kind: 'dense', name, weights: weights.values, size: weights.shape, bias: bias.values, shape: [shape[0], weights.shape[1]] };
  }
  throw new Error(`the converter knows the operations of mobilenet-160 only, and ${name} is ${op}`);
}

/** @param {string} base64 */
function text(base64) {
  return Buffer.from(base64, 'base64').toString('latin1');
}
