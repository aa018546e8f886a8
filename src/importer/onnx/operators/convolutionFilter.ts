import type { Tensor } from '../../../graph/Graph.js';
import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';

/**
 * Weights of a convolution in TensorFlow's order.
 * @param weights [outputs, inputs of a group, height, width]
 * @returns [height, width, inputs, outputs], with zeros between the groups; where each channel is a group of its own,
 *   [height, width, channels, multiplier]
 */
export function convolutionFilter(call: Call, weights: Constant, groups: number): Tensor {
  const [outputs, inputs, height, width] = weights.shape as [number, number, number, number];
  const depthwise = groups > 1 && inputs === 1;
  const perGroup = outputs / groups;
  const shape = depthwise ? [height, width, groups, perGroup] : [height, width, inputs * groups, outputs];
  const size = sizeOfShape(weights.name, shape);
  if (size > weights.values.length) call.network.reserve(call.name, size);
  const values = new Float32Array(size);
  const perTap = size / (height * width);
  for (let o = 0; o < outputs; o++) {
    const group = Math.floor(o / perGroup);
    for (let i = 0; i < inputs; i++) {
      const at = depthwise ? o : (group * inputs + i) * outputs + o;
      const from = (o * inputs + i) * height * width;
      for (let tap = 0; tap < height * width; tap++) values[tap * perTap + at] = weights.values[from + tap]!;
    }
  }
  return call.weight(weights, values, shape);
}
