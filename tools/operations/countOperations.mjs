import { inferShapes, multiplyAddsOf } from '../graph.mjs';

/** @typedef {import('../../src/graph/Graph.js').Graph} Graph */
/** @typedef {import('../../src/graph/Graph.js').GraphNode} GraphNode */
/**
 * @typedef {{ name: string, kind: string, output: readonly number[], parameters: number, products: number }} Layer
 *   `kind`: the operation, in words; `output`: the shape; `products`: multiplications, each followed by an addition, for one picture
 */

/** What operations are called that are not named after their windows; null where nothing is computed. @type {Record<string, string | null>} */
const KINDS = {
  ...{ Const: null, Placeholder: null, Pad: null, Reshape: null, Squeeze: null, Identity: null },
  ...{
    MatMul: 'matrix product',
    _FusedMatMul: 'matrix product',
    MaxPool: 'pooling',
    AvgPool: 'pooling',
    Mean: 'mean',
    ConcatV2: 'concatenation',
  },
  ...{ Add: 'sum or product of values', AddV2: 'sum or product of values', Mul: 'sum or product of values' },
  ...{ Relu: 'activation', Relu6: 'activation', Prelu: 'activation', Sigmoid: 'activation', BiasAdd: 'activation', Softmax: 'activation' },
};

/**
 * What a graph computes for one picture: its layers in the order of the graph. Throws an Error that names an unknown operation.
 * @param {Graph} graph
 * @returns {Layer[]}
 */
export function countOperations(graph) {
  const nodes = [...graph.nodes.values()];
  const read = new Set(nodes.flatMap(({ inputs }) => inputs));
  const outputs = nodes.flatMap(({ name }) => (read.has(name) ? [] : [name]));
  const shapes = inferShapes(graph, outputs);
  return nodes.flatMap((node) => {
    const { name, inputs } = node;
    const kind = kindOf(node, shapes.get(inputs[1]) ?? []);
    if (kind === null) return [];
    const parameters = inputs.reduce((sum, input) => sum + learned(graph.weights.get(input)), 0);
    return [{ name, kind, output: shapes.get(name) ?? [], parameters, products: multiplyAddsOf(node, shapes) }];
  });
}

/** @param {GraphNode} node @param {readonly number[]} filter the shape of its second input @returns {string | null} */
function kindOf({ op, name }, [high, wide]) {
  if (op === 'Conv2D' || op === '_FusedConv2D') return `${high}×${wide} convolution`;
  if (op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative') return `${high}×${wide} depthwise convolution`;
  if (!Object.hasOwn(KINDS, op)) throw new Error(`${op} (${name}) is not known here`);
  return KINDS[op];
}

/**
 * How many values of a weight are learned: all of them if they are floats, otherwise none.
 * @param {import('../../src/graph/Graph.js').Tensor} [weight]
 */
function learned(weight) {
  return weight?.values instanceof Float32Array ? weight.values.length : 0;
}
