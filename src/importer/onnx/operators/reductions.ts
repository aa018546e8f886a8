import type { Call } from '../Call.js';
import { shapeOf } from '../shapeOf.js';
import type { Norm, Picture, Value, Vector } from '../Value.js';
import { axesOf } from './axes.js';

/** The mean over all pixels. */
export function reduceMean(call: Call): Value {
  const value = call.input(0);
  const { axes, kept, shape } = reduced(call, value);
  if (axes.length === 0) return value;
  const pixels = value.kind === 'picture' && axes.join() === (value.last ? '1,2' : '2,3');
  if (value.kind !== 'picture' || !pixels)
    throw call.refuse(`it takes the mean over the axes ${axes.join(', ')}, and only pixels are averaged here`);
  const { node, channels, last, positive } = value;
  const average = call.builder.globalAverage(call.name, node, kept);
  return kept
    ? { kind: 'picture', node: average, channels, height: 1, width: 1, last, positive }
    : { kind: 'vector', node: average, size: channels, shape };
}

/** The length of a vector, which only what divides the vector by it may use. */
export function reduceL2(call: Call): Norm {
  const whole = wholeVector(call);
  const of = (whole.kind === 'vector' && whole.absoluteOf) || whole.node;
  return { kind: 'norm', of, power: 1, shape: reduced(call, call.input(0)).shape };
}

export function reduceSumSquare(call: Call): Norm {
  return { ...reduceL2(call), power: 2 };
}

/** The sum of squares is the square of a length. */
export function reduceSum(call: Call): Norm {
  const value = wholeVector(call);
  if (value.kind !== 'vector' || value.squareOf === undefined)
    throw call.refuse('only squares of a vector are summed here, to normalize its length');
  return { kind: 'norm', of: value.squareOf, power: 2, shape: reduced(call, value).shape };
}

/** The input, all of whose values are reduced to one. */
function wholeVector(call: Call): Picture | Vector {
  const value = call.input(0);
  const { axes } = reduced(call, value);
  const { batch } = call.network;
  const rest = shapeOf(value, batch).filter((_, axis) => !axes.includes(axis));
  const vector = value.kind === 'vector' || (value.kind === 'picture' && value.height * value.width === 1);
  if (!vector || rest.some((n, axis) => n !== 1 && !(axis === 0 && n === batch)))
    throw call.refuse('it is no vector that it reduces to one number');
  return value;
}

/** Axes are an attribute at first, and an input from version 13 or 18 of the operators. */
function reduced(call: Call, value: Value) {
  const before = shapeOf(value, call.network.batch);
  const given = call.integers(1, 'axes') ?? [];
  const all = call.attributes.integer('noop_with_empty_axes') === 1 ? [] : before.map((_, axis) => axis);
  const axes = given.length > 0 ? axesOf(call, given, before.length) : all;
  const kept = (call.attributes.integer('keepdims') ?? 1) === 1;
  const shape = kept ? before.map((n, axis) => (axes.includes(axis) ? 1 : n)) : before.filter((_, axis) => !axes.includes(axis));
  return { axes, kept, shape };
}
