import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';

/** A constant that a node computes from others: named after `like`, whose kind of numbers it has. Its values are zeros to be filled in. */
export function blankConstant(call: Call, like: Constant, shape: readonly number[]): Constant {
  const size = sizeOfShape(call.name, shape);
  call.network.reserve(call.name, size);
  return {
    kind: 'constant',
    name: like.name,
    shape,
    values: like.values instanceof Float32Array ? new Float32Array(size) : new Float64Array(size),
  };
}

/** Integers, such as a shape. */
export function integersConstant(call: Call, integers: readonly number[], shape: readonly number[] = [integers.length]): Constant {
  return { kind: 'constant', name: call.name, shape, values: Float64Array.from(integers) };
}
