import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';

/** A constant that a node computes from others: named after `like`, whose kind of numbers it has. Its values are zeros to be filled in. */
export function blankConstant(call: Call, like: Constant, shape: readonly number[]): Constant {
  const size = sizeOfShape(call.name, shape);
  const Values = like.values instanceof Float32Array ? Float32Array : Float64Array;
  reserveFor(call, size, Values);
  return { kind: 'constant', name: like.name, shape, values: new Values(size) };
}

/** Asks for memory: integers take twice as much as floats. */
export function reserveFor({ network, name }: Call, count: number, { BYTES_PER_ELEMENT }: { readonly BYTES_PER_ELEMENT: number }): void {
  network.reserve(name, (count * BYTES_PER_ELEMENT) / Float32Array.BYTES_PER_ELEMENT);
}

/** Integers, such as a shape. */
export function integersConstant(call: Call, integers: readonly number[], shape: readonly number[] = [integers.length]): Constant {
  return { kind: 'constant', name: call.name, shape, values: Float64Array.from(integers) };
}
