import { slideWindow } from '../../tools/graph.mjs';

/**
 * What every runtime gets: the operations of the graph in order, each fed by the previous one, with float32 weights.
 * @typedef {{ kind: 'conv' | 'depthwise', weights: Float32Array, size: number[], bias: Float32Array, strides: number[], padding: string,
 *   relu6: boolean }} Convolution
 *   `size`: [height, width, inputs, outputs], of `depthwise` [height, width, channels, 1]
 * @typedef {{ kind: 'mean' }} Mean over height and width
 * @typedef {{ kind: 'dense', weights: Float32Array, size: number[], bias: Float32Array }} Dense `size`: [inputs, outputs]
 * @typedef {(Convolution | Mean | Dense) & { name: string, shape: number[] }} Layer `shape`: of the output, channels last
 * @typedef {{ input: string, inputShape: number[], output: string, layers: Layer[] }} Network
 * @typedef {import('../../src/graph/Graph.js').GraphNode} GraphNode
 */

/**
 * The network of a face embedder as a chain. Knows only the operations of `mobilenet-160`, and throws an Error that names any other.
 * @param {import('../../src/graph/Graph.js').Graph} graph
 * @returns {Network}
 */
export function readNetwork(graph) {
  /** @param {string} name */
  const constant = (name) => {
    const found = graph.weights.get(name);
    if (!found) throw new Error(`the graph has no constant "${name}"`);
    return { size: [...found.shape], values: Float32Array.from(found.values) };
  };
  const [placeholder, ...rest] = [...graph.nodes.values()].filter(({ op }) => op !== 'Const');
  const inputShape = inputShapeOf(placeholder);

  /** @type {Layer[]} */
  const layers = [];
  let shape = inputShape;
  let previous = placeholder.name;
  for (const node of rest) {
    const [from, ...constants] = node.inputs;
    if (from !== previous) throw new Error(`the graph is not a chain: ${node.name} is fed by ${from}, after ${previous}`);
    previous = node.name;
    if (node.op === 'Identity') continue;
    const layer = readLayer(node, constants.map(constant), shape);
    shape = layer.shape;
    layers.push(layer);
  }
  return { input: placeholder.name, inputShape, output: previous, layers };
}

/** @param {GraphNode} placeholder @returns {number[]} for one picture */
function inputShapeOf({ op, attributes: { shape } }) {
  if (op !== 'Placeholder') throw new Error(`the graph starts with ${op}, not with its input`);
  if (typeof shape !== 'object' || !('shape' in shape)) throw new Error('the input of the graph has no shape');
  return shape.shape.map((size) => Math.max(1, size));
}

/**
 * @param {GraphNode} node
 * @param {{ size: number[], values: Float32Array }[]} constants
 * @param {number[]} shape of its input
 * @returns {Layer}
 */
function readLayer(node, constants, shape) {
  const { name, op, attributes } = node;
  const [weights, bias] = constants;
  const fused = /** @type {string[]} */ (attributes.fused_ops ?? []);
  if (op === '_FusedConv2D' || op === 'FusedDepthwiseConv2dNative') {
    if (fused[0] !== 'BiasAdd' || (fused.length > 1 && fused[1] !== 'Relu6')) throw new Error(`${name} is fused with ${fused.join(', ')}`);
    const [high, wide, inputs, outputs] = weights.size;
    const { places, stride } = slideWindow(node, [shape[1], shape[2]], [high, wide]);
    return {
      kind: op === '_FusedConv2D' ? 'conv' : 'depthwise',
      name,
      weights: weights.values,
      size: weights.size,
      bias: bias.values,
      strides: [...stride],
      padding: /** @type {string} */ (attributes.padding),
      relu6: fused.length > 1,
      shape: [shape[0], ...places, op === '_FusedConv2D' ? outputs : inputs],
    };
  }
  if (op === 'Mean' && !attributes.keep_dims) return { kind: 'mean', name, shape: [shape[0], shape[3]] };
  if (op === '_FusedMatMul' && fused.join() === 'BiasAdd' && !attributes.transpose_a && !attributes.transpose_b) {
    return { kind: 'dense', name, weights: weights.values, size: weights.size, bias: bias.values, shape: [shape[0], weights.size[1]] };
  }
  throw new Error(`the converter knows only the operations of mobilenet-160, but ${name} is ${op}`);
}
