import { MAX_AXES } from '../../limits.js';
import type { Call } from '../Call.js';
import { integersConstant } from '../constants/blankConstant.js';
import { shapeOf } from '../shapeOf.js';
import type { Constant, Value } from '../Value.js';

/** What does nothing when a network is used: Identity, Dropout, Cast between kinds of floats. */
export function passing(call: Call): Value {
  if (call.inputs[2] && call.constant(2, 'training_mode').values[0] === 1)
    throw call.refuse('it is in training mode: export the network for inference');
  const to = call.attributes.integer('to');
  if (call.op === 'Cast' && !(to === 1 || to === 10 || to === 11 || to === 16))
    throw call.refuse('it makes integers of what the network computes');
  return call.input(0);
}

/** The shape that the file believes a value has, from `start` to `end`. */
export function shape(call: Call): Constant {
  const all = shapeOf(call.input(0), call.network.batch);
  return integersConstant(call, all.slice(call.attributes.integer('start') ?? 0, call.attributes.integer('end')));
}

/** Repeats the one number that a length is; everything else has its shape already. */
export function expand(call: Call): Value {
  const value = call.input(0);
  const wanted = Array.from(call.constant(1, 'shape').values);
  if (wanted.length > MAX_AXES) throw call.refuse(`it makes ${wanted.length} axes`);
  if (value.kind === 'norm') return { ...value, shape: wanted };
  const own = shapeOf(value, call.network.batch);
  if (wanted.length > own.length || wanted.some((n, i) => n !== 1 && n !== own[own.length - wanted.length + i]))
    throw call.refuse(`it repeats [${own.join(', ')}] to [${wanted.join(', ')}]`);
  return value;
}
