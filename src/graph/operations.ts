import { attributesOf } from './attributesOf.js';
import { combine } from './combine.js';
import { concatenate } from './concatenate.js';
import { convolve, convolveDepthwise } from './convolve.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { mean } from './mean.js';
import { multiplyMatrices } from './multiplyMatrices.js';
import { pad } from './pad.js';
import { average, maximum, pool } from './pool.js';
import { reshape } from './reshape.js';
import { softmax } from './softmax.js';

/** Computes a node's result from its inputs. */
export type Operation = (node: GraphNode, inputs: readonly Tensor[]) => Tensor;

/** Every operation that the interpreter knows, by TensorFlow's name. */
export const OPERATIONS: Readonly<Record<string, Operation>> = {
  Identity: (node, inputs) => input(node, inputs, 0),
  Reshape: (node, inputs) => reshape(node, input(node, inputs, 0), input(node, inputs, 1)),

  Conv2D: (node, inputs) => convolve(node, input(node, inputs, 0), input(node, inputs, 1)),
  _FusedConv2D: (node, inputs) => fused(node, inputs, convolve),
  DepthwiseConv2dNative: (node, inputs) => convolveDepthwise(node, input(node, inputs, 0), input(node, inputs, 1)),
  FusedDepthwiseConv2dNative: (node, inputs) => fused(node, inputs, convolveDepthwise),
  MatMul: (node, inputs) => multiplyMatrices(node, input(node, inputs, 0), input(node, inputs, 1)),
  _FusedMatMul: (node, inputs) => fused(node, inputs, multiplyMatrices),

  MaxPool: (node, inputs) => pool(node, input(node, inputs, 0), maximum),
  AvgPool: (node, inputs) => pool(node, input(node, inputs, 0), average),
  Mean: (node, inputs) => mean(node, input(node, inputs, 0), input(node, inputs, 1)),
  ConcatV2: (node, inputs) => concatenate(node, inputs.slice(0, -1), input(node, inputs, inputs.length - 1)),
  Pad: (node, inputs) => pad(node, input(node, inputs, 0), input(node, inputs, 1)),

  BiasAdd: pairwise((x, bias) => x + bias),
  Add: pairwise((a, b) => a + b),
  AddV2: pairwise((a, b) => a + b),
  Mul: pairwise((a, b) => a * b),

  Relu: each((v) => Math.max(v, 0)),
  Relu6: each((v) => Math.min(Math.max(v, 0), 6)),
  Prelu: pairwise((v, slope) => (v < 0 ? v * slope : v)),
  Sigmoid: each((v) => 1 / (1 + Math.exp(-v))),
  Softmax: (node, inputs) => softmax(input(node, inputs, 0)),
};

function input({ op, name }: GraphNode, inputs: readonly Tensor[], i: number): Tensor {
  const tensor = inputs[i];
  if (!tensor) throw corrupt(`${op} "${name}" has only ${inputs.length} inputs`);
  return tensor;
}

function each(value: (v: number) => number): Operation {
  return (node, inputs) => {
    const { shape, values } = input(node, inputs, 0);
    return { shape, values: Float32Array.from(values, value) };
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
