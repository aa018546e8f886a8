import type { Tensor } from '../../../graph/Graph.js';
import type { Call } from '../Call.js';
import { channelsLast } from '../channelsLast.js';
import { shapeOf } from '../shapeOf.js';
import type { Constant, Picture, Vector } from '../Value.js';

/**
 * A constant that is added to what the network computes, or multiplied with it, as the computed values lie: one value, one for each channel
 * (or value of a vector), or a picture.
 */
export function storedConstant(call: Call, constant: Constant, value: Picture | Vector): Tensor {
  const shape = shapeOf(value, call.network.batch);
  const { length } = constant.values;
  if (constant.shape.length > Math.max(shape.length, 1)) throw unfit(call, constant, shape);
  if (length === 1) return call.weight(constant, constant.values, []);
  const sizes = [...Array<number>(shape.length - constant.shape.length).fill(1), ...constant.shape];
  if (sizes.some((n, axis) => n !== 1 && n !== shape[axis]) || sizes[0] !== 1) {
    // A batch of one has its vector's only axis first.
    if (!(value.kind === 'vector' && length === value.size && sizes.join() === shape.join())) throw unfit(call, constant, shape);
  }
  if (value.kind === 'vector') {
    const values = value.flattened ? channelsLast(constant.values, value.flattened) : constant.values;
    return call.weight(constant, values, [length]);
  }
  const [channels, height, width] = (value.last ? [sizes[3]!, sizes[1]!, sizes[2]!] : sizes.slice(1)) as [number, number, number];
  const values = value.last ? constant.values : channelsLast(constant.values, [channels, height, width]);
  return call.weight(constant, values, height * width === 1 ? [channels] : [height, width, channels]);
}

function unfit(call: Call, { name, shape }: Constant, other: readonly number[]) {
  return call.refuse(`${name} has the shape [${shape.join(', ')}], which does not fit [${other.join(', ')}]`);
}
