import type { Call } from '../Call.js';
import { channelsLast } from '../channelsLast.js';
import type { Value, Vector } from '../Value.js';
import { withNode } from '../withNode.js';

/**
 * What only training uses, such as the momentum and further results, is left out. So is `spatial`: MXNet's exporter wrote 0 on all of them until 2020, with one
 * value a channel, as 1 means. Where 0 is meant there are as many values as in the picture, which are refused below.
 */
export function batchNormalization(call: Call): Value {
  const value = call.input(0);
  if (call.attributes.integer('training_mode')) throw call.refuse('it is in training mode: export the network for inference');
  const on = value.kind === 'picture' ? value : call.vector(0);
  const size = on.kind === 'picture' ? on.channels : on.size;
  const first = on.kind === 'picture' ? !on.last : on.shape[1] === on.size;
  if (!first) throw call.refuse('its channels are not on axis 1');
  const part = (i: number, what: string) => {
    const constant = call.constant(i, what);
    if (constant.values.length !== size)
      throw call.refuse(`its ${what} ${constant.name} has ${constant.values.length} values for ${size} channels`);
    return call.weight(constant, ordered(constant.values, on.kind === 'vector' ? on : undefined), [size]);
  };
  const [gamma, beta, mean, variance] = [part(1, 'scale'), part(2, 'bias'), part(3, 'mean'), part(4, 'variance')];
  if (variance.values.some((v) => v < 0)) throw call.refuse(`its variance ${call.constant(4, 'variance').name} is negative`);
  const epsilon = call.attributes.number('epsilon') ?? 1e-5;
  const node = call.builder.batchNorm(call.name, on.node, { gamma, beta, mean, variance, epsilon });
  return withNode(on, node);
}

function ordered(values: Float32Array | Float64Array, vector: Vector | undefined) {
  return vector?.flattened ? channelsLast(values, vector.flattened) : values;
}
