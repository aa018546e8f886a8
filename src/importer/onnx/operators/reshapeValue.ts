import { sizeOf } from '../../../graph/sizeOf.js';
import type { Call } from '../Call.js';
import { shapeOf } from '../shapeOf.js';
import type { Picture, Value, Vector } from '../Value.js';
import { newShape } from './newShape.js';

/** Reshape, Flatten, Squeeze and Unsqueeze of what the network computes. */
export function reshapeValue(call: Call): Value {
  const value = call.input(0);
  const before = shapeOf(value, call.network.batch);
  const shape = newShape(call, before);
  if (shape.join() === before.join()) return value;
  if (value.kind === 'norm' || value.kind === 'constant') return { ...value, shape };
  const vector = value.kind === 'vector' ? value : asVector(call, value);
  return shaped(call, vector, shape, before);
}

/** All values of a picture, one after another. */
function asVector(call: Call, { node, channels, height, width, last }: Picture): Vector {
  const size = channels * height * width;
  const mixes = !last && channels > 1 && height * width > 1;
  return {
    kind: 'vector',
    node: call.builder.reshape(call.name, node, [1, size]),
    size,
    shape: [call.network.batch, size],
    ...(mixes && { flattened: [channels, height, width] as const }),
  };
}

function shaped(call: Call, vector: Vector, shape: readonly number[], before: readonly number[]): Value {
  const { batch } = call.network;
  const ofOne = batch === 1 ? shape : shape.slice(1);
  const keepsBatch = batch === 1 || shape[0] === batch;
  if (keepsBatch && ofOne.filter((n) => n !== 1).length <= 1) return { ...vector, shape };
  const picture = keepsBatch && shape.length === 4 && shape[0] === batch ? unflattened(call, vector, shape) : null;
  if (!picture)
    throw call.refuse(`it gives [${before.join(', ')}] the shape [${shape.join(', ')}], which only vectors and pictures may have`);
  return picture;
}

/** The picture that a vector was, or a vector's values in a row. */
function unflattened({ builder, name }: Call, vector: Vector, [, channels, height, width]: readonly number[]): Picture | null {
  const sizes = [channels!, height!, width!] as const;
  const alike = vector.flattened ? vector.flattened.join() === sizes.join() : channels === 1;
  if (!alike || sizeOf(sizes) !== vector.size) return null;
  const node = builder.reshape(`${name}/picture`, vector.node, [1, height!, width!, channels!]);
  return { kind: 'picture', node, channels: channels!, height: height!, width: width!, last: false, positive: false };
}
