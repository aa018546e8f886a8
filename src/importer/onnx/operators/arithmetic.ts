import type { Tensor } from '../../../graph/Graph.js';
import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import { commonShape } from '../constants/broadcast.js';
import { shapeOf } from '../shapeOf.js';
import type { Constant, Picture, Value, Vector } from '../Value.js';
import { withNode } from '../withNode.js';
import { guardedNorm, powerOfNorm, timesNorm } from './normalization.js';
import { oneNumber } from './oneNumber.js';
import { storedConstant } from './storedConstant.js';

type Computed = Picture | Vector;

export function add(call: Call): Value {
  const norm = guardedNorm(call);
  if (norm) return norm;
  const { value, constant } = operands(call);
  if (constant) return withConstant(call, value, constant, 'sum');
  return combined(call, (a, b) => call.builder.sum(call.name, a, b));
}

/** Sums of any number of values. */
export function sum(call: Call): Value {
  if (call.inputs.length === 1) return call.input(0);
  if (call.inputs.length === 2) return add(call);
  throw call.refuse(`it adds ${call.inputs.length} values at once`);
}

/** x − y is x + (−1)·y. */
export function subtract(call: Call): Value {
  const { builder, name } = call;
  const { value, constant, first } = operands(call);
  if (!constant) return combined(call, (a, b) => builder.sum(name, a, builder.scale(`${name}/negative`, b, -1)));
  if (first) return withConstant(call, value, { ...constant, values: constant.values.map((v) => -v) }, 'sum');
  const negative = withNode(value, builder.scale(`${name}/negative`, value.node, -1));
  return withConstant(call, negative, constant, 'sum');
}

export function multiply(call: Call): Value {
  const [a, b] = [call.input(0), call.input(1)];
  if (a.kind === 'norm' || b.kind === 'norm') return normProduct(call, a, b, 1);
  const { value, constant } = operands(call);
  if (constant) return isUnitScale(value, constant) ? value : withConstant(call, value, constant, 'product');
  const product = combined(call, (x, y) => call.builder.product(call.name, x, y));
  return a === b && product.kind === 'vector' && a.kind === 'vector' ? { ...product, squareOf: a.node } : product;
}

export function divide(call: Call): Value {
  const [a, b] = [call.input(0), call.input(1)];
  if (b.kind === 'norm') return normProduct(call, a, b, -1);
  if (b.kind !== 'constant') throw call.refuse('it divides by what the network computes, and only a vector may be divided, by its length');
  const { value } = operands(call);
  if (isUnitScale(value, b)) return value;
  return withConstant(call, value, { ...b, values: b.values.map((v) => 1 / v) }, 'product');
}

/** Squares; and powers of a length. */
export function power(call: Call): Value {
  const exponent = oneNumber(call, call.constant(1, 'exponent'));
  const value = call.input(0);
  if (value.kind === 'norm') return powerOfNorm(call, exponent);
  if (exponent === 1 && value.kind !== 'constant') return value;
  if (exponent !== 2) throw call.refuse(`it raises to the power ${exponent}, and only squares are known here`);
  const on = call.vector(0);
  return { ...withNode(on, call.builder.product(call.name, on.node, on.node)), squareOf: operands(call).value.node };
}

export function negate(call: Call): Value {
  const { value } = operands(call);
  return withNode(value, call.builder.scale(call.name, value.node, -1));
}

/** ReLU as a maximum; and what keeps a length from being zero. */
export function maximum(call: Call): Value {
  const norm = guardedNorm(call);
  if (norm) return norm;
  const { value, constant } = operands(call);
  if (!constant || oneNumber(call, constant, value) !== 0)
    throw call.refuse('only the maximum of a value and 0, which is ReLU, is known here');
  return withNode(value, call.builder.relu(call.name, value.node), true);
}

/** The first input that is computed, and the constant if there is one. */
function operands(call: Call): { value: Computed; constant?: Constant; first: boolean } {
  // Of Max there may be more, and each would count.
  if (call.inputs.length > 2) throw call.refuse(`it has ${call.inputs.length} inputs, and at most two are known here`);
  const [a, b] = [call.input(0), call.inputs[1]];
  const computed = a.kind === 'constant' ? b : a;
  if (computed?.kind !== 'picture' && computed?.kind !== 'vector')
    throw call.refuse('the length of a vector is used otherwise than to divide the vector by it');
  const constant = [a, b].find((value) => value?.kind === 'constant');
  return { value: computed, ...(constant?.kind === 'constant' && { constant }), first: a === computed };
}

/** A factor of a vector of unit length goes when embeddings are normalized. */
function isUnitScale(value: Computed, { values }: Constant): boolean {
  return value.kind === 'vector' && value.unit === true && values.length === 1 && values[0]! > 0;
}

function withConstant(call: Call, value: Computed, constant: Constant, operation: 'sum' | 'product'): Value {
  const stored = storedConstant(call, constant, value);
  const node = call.builder[operation](call.name, value.node, call.builder.constant(`${call.name}/constant`, stored));
  const rank = constant.shape.length;
  if (value.kind === 'vector' && rank > value.shape.length) throw call.refuse(`${constant.name} adds an axis`);
  return withNode(value, node, positiveWith(value, stored.values));
}

function positiveWith(value: Computed, values: Tensor['values']): boolean {
  return value.kind === 'picture' && value.positive && values.every((v) => v >= 0);
}

function normProduct(call: Call, a: Value, b: Value, power: number): Value {
  const [value, norm] = a.kind === 'norm' ? [b, a] : [a, b];
  const computed = value.kind === 'picture' || value.kind === 'vector' ? value : null;
  const result = computed && norm.kind === 'norm' && !(power < 0 && a.kind === 'norm') ? timesNorm(call, computed, norm, power) : null;
  if (!result) throw call.refuse('the length of a vector is used otherwise than to divide the vector by it');
  return result;
}

/** Two computed values of the same shape, or one of them with one value for each channel. */
function combined(call: Call, combine: (a: string, b: string) => string): Computed {
  const [a, b] = [call.input(0), call.input(1)];
  const { batch } = call.network;
  const shape = commonShape(call, [shapeOf(a, batch), shapeOf(b, batch)]);
  if (a.kind === 'vector' && b.kind === 'vector') {
    if (a.flattened?.join() !== b.flattened?.join() || a.shape.join() !== b.shape.join())
      throw call.refuse('its inputs are vectors whose values are in different orders');
    return withNode(a, combine(a.node, b.node));
  }
  const [x, y] = [call.picture(0), call.picture(1)];
  if (x.last !== y.last) throw call.refuse('one of its inputs has the channels last, the other first');
  sizeOfShape(call.name, shape);
  const [channels, height, width] = [Math.max(x.channels, y.channels), Math.max(x.height, y.height), Math.max(x.width, y.width)];
  const node = combine(x.node, y.node);
  return { kind: 'picture', node, channels, height, width, last: x.last, positive: false };
}
