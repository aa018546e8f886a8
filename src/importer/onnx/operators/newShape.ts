import { sizeOf } from '../../../graph/sizeOf.js';
import { MAX_AXES } from '../../limits.js';
import type { Call } from '../Call.js';
import { axesOf, axisOf } from './axes.js';

/** The shape that Reshape, Flatten, Squeeze or Unsqueeze gives to `shape`. */
export function newShape(call: Call, shape: readonly number[]): readonly number[] {
  const shaped = SHAPED[call.op] ?? reshaped;
  const result = shaped(call, shape);
  if (result.length > MAX_AXES) throw call.refuse(`it makes ${result.length} axes`);
  return result;
}

const SHAPED: Readonly<Record<string, typeof reshaped>> = { Flatten: flattened, Squeeze: squeezed, Unsqueeze: unsqueezed };

function flattened(call: Call, shape: readonly number[]): readonly number[] {
  const axis = call.attributes.integer('axis') ?? 1;
  const at = axis === shape.length ? axis : axisOf(call, axis, shape.length);
  return [sizeOf(shape.slice(0, at)), sizeOf(shape.slice(at))];
}

function squeezed(call: Call, shape: readonly number[]): readonly number[] {
  const given = call.integers(1, 'axes');
  const axes = given ? axesOf(call, given, shape.length) : shape.flatMap((n, axis) => (n === 1 ? axis : []));
  const wrong = axes.find((axis) => shape[axis] !== 1);
  if (wrong !== undefined) throw call.refuse(`it drops the axis ${wrong} of [${shape.join(', ')}], which has a size of ${shape[wrong]!}`);
  return shape.filter((_, axis) => !axes.includes(axis));
}

function unsqueezed(call: Call, shape: readonly number[]): readonly number[] {
  const given = call.integers(1, 'axes');
  if (!given) throw call.refuse('it has no axes');
  const rank = shape.length + given.length;
  if (rank > MAX_AXES) throw call.refuse(`it makes ${rank} axes`);
  const axes = axesOf(call, given, rank);
  if (axes.length < given.length) throw call.refuse('it names an axis twice');
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : rest.shift()!));
}

function reshaped(call: Call, shape: readonly number[]): readonly number[] {
  const wanted = call.integers(1, 'shape');
  if (!wanted) throw call.refuse('it has no shape');
  const keepsZero = call.attributes.integer('allowzero') === 1;
  const sizes = wanted.map((n, axis) => (n === 0 && !keepsZero ? (shape[axis] ?? 0) : n));
  const known = sizeOf(sizes.filter((n) => n !== -1));
  const result = sizes.map((n) => (n === -1 ? sizeOf(shape) / known : n));
  const unknown = sizes.filter((n) => n === -1).length;
  if (unknown > 1 || sizeOf(result) !== sizeOf(shape) || !result.every((n) => Number.isInteger(n) && n >= 0))
    throw call.refuse(`it gives [${shape.join(', ')}] the shape [${wanted.join(', ')}]`);
  return result;
}
