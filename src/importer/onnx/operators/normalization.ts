import type { Call } from '../Call.js';
import { shapeOf } from '../shapeOf.js';
import type { Norm, Picture, Value, Vector } from '../Value.js';
import { axisOf } from './axes.js';

/** Divides a vector by its length: p is 2. */
export function lpNormalization(call: Call): Value {
  const value = call.input(0);
  const shape = shapeOf(value, call.network.batch);
  const vector = call.vector(0);
  const axis = axisOf(call, call.attributes.integer('axis') ?? -1, shape.length);
  if ((call.attributes.integer('p') ?? 2) !== 2 || shape[axis] !== vector.size)
    throw call.refuse('it is not the Euclidean length of a vector that it divides by');
  return normalized(call, vector);
}

/** What a vector times, or divided by, its own length is; null where it is something else. @param power −1 where it is divided by it */
export function timesNorm(call: Call, value: Picture | Vector, norm: Norm, power: number): Vector | null {
  if (norm.of !== value.node || norm.power * power !== -1) return null;
  return normalized(call, value.kind === 'vector' ? value : call.vector(call.inputs.indexOf(value)));
}

function normalized(call: Call, { kind, node, size, shape, flattened }: Vector): Vector {
  return { kind, node: call.builder.l2Normalize(call.name, node), size, shape, ...(flattened && { flattened }), unit: true };
}

/** Roots, reciprocals and powers of a length. */
export function powerOfNorm(call: Call, power: number): Value {
  const value = call.input(0);
  if (value.kind !== 'norm') throw call.refuse('it is known here only where a vector is divided by its length');
  return { ...value, power: value.power * power };
}

/** A number that keeps a length from being zero. */
const MOST_EPSILON = 1e-3;

/** Add, Max and Min of a length and a constant. */
export function guardedNorm(call: Call): Norm | null {
  const norm = call.inputs.find((input) => input?.kind === 'norm');
  if (norm?.kind !== 'norm') return null;
  const epsilon = call.inputs.find((input) => input?.kind === 'constant');
  const tiny = epsilon?.kind === 'constant' && epsilon.values.length === 1 && Math.abs(epsilon.values[0]!) <= MOST_EPSILON;
  if (!tiny || call.inputs.length !== 2) throw call.refuse('it changes the length of a vector, which only the vector may be divided by');
  return norm;
}
