import type { Call } from '../Call.js';
import { shapeOf } from '../shapeOf.js';
import type { Picture, Value, Vector } from '../Value.js';
import { axisOf } from './axes.js';

/** Channels, or vectors, side by side. */
export function concatenation(call: Call): Value {
  const { batch } = call.network;
  const parts = call.inputs.map((_, i) => call.input(i));
  const [first] = parts;
  const { length: rank } = shapeOf(call.input(0), batch);
  const axis = axisOf(call, call.attributes.integer('axis') ?? 1, rank);
  if (!first || parts.length === 1) return call.input(0);
  if (first.kind === 'picture') return pictures(call, axis);
  const shapes = parts.map((part) => shapeOf(part, batch).map((n, at) => (at === axis ? '' : n)));
  const vectors = parts.filter((part): part is Vector => part.kind === 'vector' && !part.flattened && part.shape[axis] === part.size);
  if (vectors.length < parts.length || shapes.some((shape) => shape.join() !== shapes[0]!.join()))
    throw call.refuse('its inputs do not fit, and only channels and vectors are put side by side here');
  const size = vectors.reduce((total, vector) => total + vector.size, 0);
  const node = call.builder.concat(
    call.name,
    vectors.map((vector) => vector.node),
  );
  return { kind: 'vector', node, size, shape: vectors[0]!.shape.map((n, at) => (at === axis ? size : n)) };
}

function pictures(call: Call, axis: number): Picture {
  const parts = call.inputs.map((_, i) => call.picture(i));
  const first = parts[0]!;
  const { height, width, last } = first;
  const alike = parts.every((part) => part.height === height && part.width === width && part.last === last);
  if (!alike || axis !== (last ? 3 : 1)) throw call.refuse('its inputs do not fit, and only channels are put side by side here');
  const node = call.builder.concat(
    call.name,
    parts.map((part) => part.node),
  );
  const channels = parts.reduce((total, part) => total + part.channels, 0);
  return { kind: 'picture', node, channels, height, width, last, positive: parts.every((part) => part.positive) };
}
