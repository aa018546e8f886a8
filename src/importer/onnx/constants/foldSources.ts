import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';
import { integersConstant, reserveFor } from './blankConstant.js';

export function foldConstant(call: Call): Constant {
  const { attributes } = call;
  const tensor = attributes.tensor('value');
  if (tensor) return tensor.name ? tensor : { ...tensor, name: call.name };
  const float = attributes.number('value_float');
  const floats = float === undefined ? attributes.numbers('value_floats') : [float];
  if (floats)
    return { kind: 'constant', name: call.name, shape: float === undefined ? [floats.length] : [], values: Float32Array.from(floats) };
  const integer = attributes.integer('value_int');
  const integers = integer === undefined ? attributes.integers('value_ints') : [integer];
  if (integers) return integersConstant(call, integers, integer === undefined ? undefined : []);
  throw call.refuse('it has no numbers');
}

/** Numbers of ONNX's types: 1 is float32, 10 float16, 11 float64, 16 bfloat16. */
const FLOATS = [1, 10, 11, 16];

export function foldCast(call: Call): Constant {
  const constant = call.constant(0, 'data');
  const to = call.attributes.integer('to') ?? 1;
  const { values } = constant;
  const Values = FLOATS.includes(to) ? Float32Array : Float64Array;
  if (values instanceof Values && Values === Float32Array) return constant;
  reserveFor(call, values.length, Values);
  if (Values === Float32Array) return { ...constant, values: Float32Array.from(values) };
  return { ...constant, values: Float64Array.from(values, to === 9 ? (n) => Number(n !== 0) : Math.trunc) };
}
