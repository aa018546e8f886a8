import { attributesOf } from './attributesOf.js';
import { combine } from './combine.js';
import { concatenate } from './concatenate.js';
import { convolve, convolveDepthwise } from './convolve.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { multiplyMatrices } from './multiplyMatrices.js';
import { normalizeBatch } from './normalizeBatch.js';
import { normalizeLast } from './normalizeLast.js';
import { pad } from './pad.js';
import { average, maximum, pool } from './pool.js';
import { maximumOf, meanOf, reduce, sumOf, type Reduction } from './reduce.js';
import { expanded, reshape, squeezed } from './reshape.js';
import { softmax } from './softmax.js';
import { transpose } from './transpose.js';

/** Computes a node's result from its inputs. */
export type Operation = (node: GraphNode, inputs: readonly Tensor[]) => Tensor;

/** Every operation that the interpreter knows, by TensorFlow's name; L2Normalize is the importer's. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  Identity: (node, inputs) => input(node, inputs, 0),
  Reshape: (node, inputs) => reshape(node, input(node, inputs, 0), input(node, inputs, 1)),
  Squeeze: reshaping((node, { shape }) => squeezed(node, shape)),
  ExpandDims: reshaping((node, { shape }, axis) => expanded(node, shape, axis)),
  Transpose: (node, inputs) => transpose(node, input(node, inputs, 0), input(node, inputs, 1)),

  Conv2D: (node, inputs) => convolve(node, input(node, inputs, 0), input(node, inputs, 1)),
  _FusedConv2D: (node, inputs) => fused(node, inputs, convolve),
  DepthwiseConv2dNative: (node, inputs) => convolveDepthwise(node, input(node, inputs, 0), input(node, inputs, 1)),
  FusedDepthwiseConv2dNative: (node, inputs) => fused(node, inputs, convolveDepthwise),
  MatMul: (node, inputs) => multiplyMatrices(node, input(node, inputs, 0), input(node, inputs, 1)),
  _FusedMatMul: (node, inputs) => fused(node, inputs, multiplyMatrices),

  MaxPool: (node, inputs) => pool(node, input(node, inputs, 0), maximum),
  AvgPool: (node, inputs) => pool(node, input(node, inputs, 0), average),
  Mean: reducing(meanOf),
  Sum: reducing(sumOf),
  Max: reducing(maximumOf),
  ConcatV2: (node, inputs) => concatenate(node, inputs.slice(0, -1), input(node, inputs, inputs.length - 1)),
  Pad: (node, inputs) => pad(node, input(node, inputs, 0), input(node, inputs, 1)),
  PadV2: (node, inputs) => pad(node, input(node, inputs, 0), input(node, inputs, 1), input(node, inputs, 2).values[0]),

  BiasAdd: pairwise((x, bias) => x + bias),
  Add: pairwise((a, b) => a + b),
  AddV2: pairwise((a, b) => a + b),
  Mul: pairwise((a, b) => a * b),
  Sub: pairwise((a, b) => a - b),
  RealDiv: pairwise((a, b) => a / b),
  Maximum: pairwise(Math.max),
  Minimum: pairwise(Math.min),
  Pow: pairwise((a, b) => a ** b),
  FusedBatchNormV3: normalizeBatch,
  L2Normalize: (node, inputs) => normalizeLast(input(node, inputs, 0)),

  Relu: each((v) => Math.max(v, 0)),
  Relu6: each((v) => Math.min(Math.max(v, 0), 6)),
  Prelu: pairwise((v, slope) => (v < 0 ? v * slope : v)),
  Sigmoid: each((v) => 1 / (1 + Math.exp(-v))),
  LeakyRelu: (node, inputs) => {
    const slope = attributesOf(node).float('alpha') ?? 0.2;
    return each((v) => (v < 0 ? v * slope : v))(node, inputs);
  },
  Elu: each((v) => (v < 0 ? Math.exp(v) - 1 : v)),
  Tanh: each(Math.tanh),
  Abs: each(Math.abs),
  Neg: each((v) => -v),
  Square: each((v) => v * v),
  Sqrt: each(Math.sqrt),
  Rsqrt: each((v) => 1 / Math.sqrt(v)),
  Exp: each(Math.exp),
  Softmax: (node, inputs) => softmax(input(node, inputs, 0)),
};

function input({ op, name }: GraphNode, inputs: readonly Tensor[], i: number): Tensor {
  const tensor = inputs[i];
  if (!tensor) throw corrupt(`${op} "${name}" has only ${inputs.length} inputs`);
  return tensor;
}

function reducing(reduction: Reduction): Operation {
  return (node, inputs) => reduce(node, input(node, inputs, 0), input(node, inputs, 1), reduction);
}

/** The values as they are. @param shapeOf what comes out, from all inputs */
function reshaping(shapeOf: (node: GraphNode, x: Tensor, more: Tensor) => number[]): Operation {
  return (node, inputs) => {
    const x = input(node, inputs, 0);
    return { shape: shapeOf(node, x, inputs[1] ?? NO_AXIS), values: x.values };
  };
}

const NO_AXIS: Tensor = { shape: [0], values: new Int32Array(0) };

function each(value: (v: number) => number): Operation {
  return (node, inputs) => {
    const { shape, values } = input(node, inputs, 0);
    const out = new Float32Array(values.length);
    for (let i = 0; i < out.length; i++) out[i] = value(values[i]!);
    return { shape, values: out };
  };
}

function pairwise(value: (a: number, b: number) => number): Operation {
  return (node, inputs) => combine(node, input(node, inputs, 0), input(node, inputs, 1), value);
}

/** An operation on two inputs, followed by those listed in `fused_ops`, which take the remaining inputs as needed. */
function fused(node: GraphNode, inputs: readonly Tensor[], operation: (node: GraphNode, x: Tensor, weights: Tensor) => Tensor): Tensor {
  let next = 2;
  let result = operation(node, input(node, inputs, 0), input(node, inputs, 1));
  for (const name of attributesOf(node).texts('fused_ops') ?? []) {
    const follow = FOLLOWING.includes(name) ? OPERATIONS[name] : undefined;
    if (!follow) throw new Error(`the interpreter does not know ${node.op} ("${node.name}") fused with ${name}`);
    const takesMore = name === 'BiasAdd' || name === 'Prelu';
    result = follow(node, takesMore ? [result, input(node, inputs, next++)] : [result]);
  }
  return result;
}

/** The operations that can be fused. */
const FOLLOWING = ['BiasAdd', 'Relu', 'Relu6', 'Prelu', 'Sigmoid'];
