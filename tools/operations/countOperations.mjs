import { sizeOf, slideWindow } from '../graph.mjs';

/** @typedef {number[]} Shape [batch, height, width, channels], or [batch, values] */
/** @typedef {import('../../src/graph/Graph.js').Graph} Graph */
/** @typedef {import('../../src/graph/Graph.js').GraphNode} GraphNode */
/**
 * @typedef {{ name: string, kind: string, output: Shape, parameters: number, products: number }} Layer
 *   `kind`: the operation, in words; `products`: multiplications, each followed by an addition, for one picture. A window that hangs over
 * the
 *   edge counts in full, as is usual.
 */

/** Operations that do not change the shape. */
const SHAPELESS = new Set(['Identity', 'Relu', 'Relu6', 'Prelu', 'Sigmoid', 'BiasAdd', 'Softmax']);

/**
 * What a graph computes for one picture: its layers in the order of the graph. Throws an Error that names an unknown operation.
 * @param {Graph} graph
 * @returns {Layer[]}
 */
export function countOperations({ nodes, weights }) {
  /** @type {Map<string, Shape>} */
  const shapes = new Map([...weights].map(([name, { shape }]) => [name, [...shape]]));
  /** @type {Layer[]} */
  const layers = [];
  for (const node of nodes.values()) {
    if (node.op === 'Const') continue;
    const fed = node.inputs.map((name) => {
      const shape = shapes.get(name);
      if (!shape) throw new Error(`${node.name} is fed by ${name}, which does not come before it`);
      return shape;
    });
    const value = (/** @type {number} */ i) => {
      const found = weights.get(node.inputs[i]);
      if (!found) throw new Error(`the shape of ${node.name} depends on ${node.inputs[i]}, which is not a constant`);
      return Array.from(found.values);
    };
    const { kind, output, products = 0 } = describe(node, fed, value);
    shapes.set(node.name, output);
    if (kind === null) continue;
    const parameters = node.inputs.reduce((sum, input) => sum + learned(weights.get(input)), 0);
    layers.push({ name: node.name, kind, output, parameters, products });
  }
  return layers;
}

/**
 * How many values of a weight are learned: all of them if they are floats, otherwise none.
 * @param {import('../../src/graph/Graph.js').Tensor} [weight]
 */
function learned(weight) {
  return weight?.values instanceof Float32Array ? weight.values.length : 0;
}

/**
 * @param {GraphNode} node
 * @param {Shape[]} fed shapes of its inputs
 * @param {(i: number) => number[]} value of its i-th input, a constant
 * @returns {{ kind: string | null, output: Shape, products?: number }} `kind`: null if nothing is computed
 */
function describe(node, fed, value) {
  const { name, op, attributes } = node;
  const [x, w] = fed;
  switch (op) {
    case 'Placeholder':
      return { kind: null, output: inputShape(node) };
    case 'Conv2D':
    case '_FusedConv2D': {
      const output = slide(node, x, [w[0], w[1]], w[3]);
      return { kind: `${w[0]}×${w[1]} convolution`, output, products: sizeOf(output) * w[0] * w[1] * w[2] };
    }
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative': {
      const output = slide(node, x, [w[0], w[1]], w[2] * w[3]);
      return { kind: `${w[0]}×${w[1]} depthwise convolution`, output, products: sizeOf(output) * w[0] * w[1] };
    }
    case 'MatMul':
    case '_FusedMatMul':
      return { kind: 'matrix product', output: [x[0], w[1]], products: sizeOf(x) * w[1] };
    case 'MaxPool':
    case 'AvgPool': {
      const [, high, wide] = /** @type {number[]} */ (attributes.ksize);
      return { kind: 'pooling', output: slide(node, x, [high, wide], x[3]) };
    }
    case 'Mean': {
      const axes = value(1);
      const keep = Boolean(attributes.keep_dims);
      return { kind: 'mean', output: x.flatMap((n, i) => (!axes.includes(i) ? [n] : keep ? [1] : [])) };
    }
    case 'ConcatV2': {
      const axis = value(fed.length - 1)[0];
      const at = axis < 0 ? axis + x.length : axis;
      return { kind: 'concatenation', output: x.map((n, i) => (i === at ? fed.slice(0, -1).reduce((sum, part) => sum + part[at], 0) : n)) };
    }
    case 'Pad': {
      const padding = value(1);
      return { kind: null, output: x.map((n, i) => n + padding[2 * i] + padding[2 * i + 1]) };
    }
    case 'Reshape': {
      const wanted = value(1);
      const rest = sizeOf(x) / wanted.reduce((product, n) => (n < 0 ? product : product * n), 1);
      return { kind: null, output: wanted.map((n) => (n < 0 ? rest : n)) };
    }
    case 'Add':
    case 'AddV2':
    case 'Mul':
      return { kind: 'sum or product of values', output: sizeOf(x) >= sizeOf(w) ? x : w };
    default:
      if (!SHAPELESS.has(op)) throw new Error(`${op} (${name}) is not known here`);
      return { kind: op === 'Identity' ? null : 'activation', output: x };
  }
}

/** @param {GraphNode} node a Placeholder @returns {Shape} for one picture */
function inputShape({ name, attributes: { shape } }) {
  if (typeof shape !== 'object' || !('shape' in shape)) throw new Error(`${name} does not say which shape it has`);
  return shape.shape.map((n) => Math.max(1, n));
}

/**
 * @param {GraphNode} node
 * @param {Shape} input
 * @param {[height: number, width: number]} window
 * @param {number} channels
 * @returns {Shape}
 */
function slide(node, [batch, height, width], window, channels) {
  return [batch, ...slideWindow(node, [height, width], window).places, channels];
}
