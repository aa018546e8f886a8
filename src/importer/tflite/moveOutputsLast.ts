import type { Tensor } from '../../graph/Graph.js';
import type { LiteCall } from './LiteCall.js';

/** Weights [outputs, …] as TensorFlow has them: [height, width, inputs, outputs] or [inputs, outputs]. */
export function moveOutputsLast(call: LiteCall, { shape, values }: Tensor): Tensor {
  const [outputs = 0, ...rest] = shape;
  if (!(values instanceof Float32Array) || (shape.length !== 4 && shape.length !== 2)) {
    throw call.fault(`has weights [${shape.join(', ')}], which is not what it reads`);
  }
  const inner = outputs === 0 ? 0 : values.length / outputs;
  const moved = new Float32Array(values.length);
  for (let output = 0; output < outputs; output++) {
    for (let i = 0; i < inner; i++) moved[i * outputs + output] = values[output * inner + i]!;
  }
  return { shape: [...rest, outputs], values: moved };
}
