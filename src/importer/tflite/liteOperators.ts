import type { Attribute, Tensor } from '../../graph/Graph.js';
import type { Padding, WindowOptions } from '../GraphBuilder.js';
import { MAX_AXES } from '../limits.js';
import type { LiteCall } from './LiteCall.js';
import { reshapeLite } from './reshapeLite.js';
import { moveOutputsLast } from './moveOutputsLast.js';

const FLOAT = { T: { type: 'DT_FLOAT' } } as const;

/** How each operator is written down; gives the name of the result. Numbers of fields are those of schema.fbs. */
export const LITE_OPERATORS: Readonly<Record<string, (call: LiteCall) => string>> = {
  CONV_2D(call) {
    const filter = moveOutputsLast(call, call.weights(1));
    return call.activated(call.builder.conv(call.name, call.input(0), filter, windowOf(call, 4), biasOf(call)), 3);
  },
  DEPTHWISE_CONV_2D(call) {
    const { shape, values } = call.weights(1);
    const [one, height, width, results] = shape;
    const channels = call.tensor(0).shape[3] ?? 0;
    if (shape.length !== 4 || one !== 1 || !(channels > 0) || results! % channels !== 0) {
      throw call.fault(`has a filter [${shape.join(', ')}] and reads ${channels} channels, which do not fit`);
    }
    const filter = { shape: [height!, width!, channels, results! / channels], values };
    return call.activated(call.builder.depthwiseConv(call.name, call.input(0), filter, windowOf(call, 5), biasOf(call)), 4);
  },
  FULLY_CONNECTED(call) {
    const matrix = call.weights(1);
    const [outputs = 0, inputs = 0] = matrix.shape;
    if (matrix.shape.length !== 2 || (call.options?.int8(1) ?? 0) !== 0) throw call.fault('keeps its weights in an unknown way');
    const x = call.tensor(0).shape.length === 2 ? call.input(0) : call.builder.reshape(`${call.name}/flat`, call.input(0), [-1, inputs]);
    const product = call.builder.dense(call.name, x, moveOutputsLast(call, matrix), biasOf(call));
    const result = call.activated(product, 0);
    return call.result().shape.length === 2 ? result : call.builder.reshape(`${call.name}/shaped`, result, [1, 1, 1, outputs].slice(-call.result().shape.length)); // prettier-ignore
  },
  MAX_POOL_2D: (call) => call.activated(call.builder.maxPool(call.name, call.input(0), sizeOf(call), windowOf(call)), 5),
  AVERAGE_POOL_2D: (call) => call.activated(call.builder.averagePool(call.name, call.input(0), sizeOf(call), windowOf(call)), 5),
  CONCATENATION(call) {
    const axis = call.builder.constant(`${call.name}/axis`, { shape: [], values: Int32Array.of(call.options?.int32(0) ?? 0) });
    const parts = Array.from({ length: call.count }, (_, i) => call.input(i));
    return call.activated(call.builder.concatAlong(call.name, parts, axis), 1);
  },
  ADD: (call) => call.activated(plain('AddV2', 2)(call), 0),
  SUB: (call) => call.activated(plain('Sub', 2)(call), 0),
  MUL: (call) => call.activated(plain('Mul', 2)(call), 0),
  DIV: (call) => call.activated(plain('RealDiv', 2)(call), 0),
  MAXIMUM: plain('Maximum', 2),
  MINIMUM: plain('Minimum', 2),
  POW: plain('Pow', 2),
  SQUARED_DIFFERENCE(call) {
    const difference = call.builder.difference(`${call.name}/difference`, call.input(0), call.input(1));
    return call.builder.product(call.name, difference, difference);
  },
  MEAN: reducing('Mean'),
  SUM: reducing('Sum'),
  REDUCE_MAX: reducing('Max'),
  RESHAPE: reshapeLite,
  SQUEEZE: (call) => plain('Squeeze', 1, { squeeze_dims: call.options?.int32s(0, MAX_AXES) ?? [] })(call),
  EXPAND_DIMS: plain('ExpandDims', 2),
  TRANSPOSE: plain('Transpose', 2),
  PAD: plain('Pad', 2),
  RELU: plain('Relu', 1),
  RELU6: plain('Relu6', 1),
  HARD_SWISH: (call) => call.builder.hardSwish(call.name, call.input(0)),
  LEAKY_RELU: (call) => plain('LeakyRelu', 1, { alpha: { float: call.options?.float(0) ?? 0 } })(call),
  PRELU(call) {
    const slope = call.weights(1);
    const channels = slope.shape.at(-1) ?? 1;
    if (slope.values.length !== channels)
      throw call.fault(`has slopes [${slope.shape.join(', ')}]: only one for each channel is supported`);
    return call.builder.prelu(call.name, call.input(0), { shape: [channels], values: slope.values });
  },
  ELU: plain('Elu', 1),
  LOGISTIC: plain('Sigmoid', 1),
  TANH: plain('Tanh', 1),
  SOFTMAX(call) {
    const steepness = call.options?.float(0) ?? 0;
    if (steepness !== 1) throw call.fault(`has a beta of ${steepness}: only 1 is supported`);
    return plain('Softmax', 1)(call);
  },
  ABS: plain('Abs', 1),
  NEG: plain('Neg', 1),
  SQUARE: plain('Square', 1),
  SQRT: plain('Sqrt', 1),
  RSQRT: plain('Rsqrt', 1),
  EXP: plain('Exp', 1),
  L2_NORMALIZATION: (call) => call.activated(call.builder.l2Normalize(call.name, call.input(0)), 0),
};

/** An operation that means the same in TensorFlow. */
function plain(op: string, inputs: number, attributes: Readonly<Record<string, Attribute>> = {}): (call: LiteCall) => string {
  return (call) => {
    if (call.count !== inputs) throw call.fault(`has ${call.count} inputs instead of ${inputs}`);
    const names = Array.from({ length: inputs }, (_, i) => call.input(i));
    return call.builder.add(call.name, op, names, { ...FLOAT, ...attributes });
  };
}

function reducing(op: string): (call: LiteCall) => string {
  return (call) => plain(op, 2, { keep_dims: (call.options?.uint8(0) ?? 0) !== 0 })(call);
}

/** @param dilation the first of the two fields of dilations, where the operator has them */
function windowOf({ options }: LiteCall, dilation?: number): WindowOptions {
  const padding: Padding = (options?.int8(0) ?? 0) === 0 ? 'SAME' : 'VALID';
  const dilations =
    dilation === undefined ? undefined : ([options?.int32(dilation + 1, 1) ?? 1, options?.int32(dilation, 1) ?? 1] as const);
  return { padding, strides: [options?.int32(2) ?? 1, options?.int32(1) ?? 1], dilations };
}

function sizeOf({ options }: LiteCall): [number, number] {
  return [options?.int32(4) ?? 1, options?.int32(3) ?? 1];
}

/** The values that are added to each channel, if the operator has any. */
function biasOf(call: LiteCall): Tensor | undefined {
  return call.count > 2 && call.operator.inputs[2]! >= 0 ? call.weights(2) : undefined;
}
