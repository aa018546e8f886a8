import type { Tensor } from '../../../graph/Graph.js';
import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';

/**
 * Weights of a convolution in TensorFlow's order.
 * @param weights [outputs, inputs of a group, height, width]
 * @param spread how far apart the taps are set, with zeros between them
 * @returns [height, width, inputs, outputs], with zeros between the groups; where each channel is a group of its own,
 *   [height, width, channels, multiplier]
 */
export function convolutionFilter(call: Call, weights: Constant, groups: number, spread: readonly [number, number]): Tensor {
  const [outputs, inputs, kh, kw] = weights.shape as [number, number, number, number];
  const depthwise = groups > 1 && inputs === 1;
  const [height, width] = [(kh - 1) * spread[0] + 1, (kw - 1) * spread[1] + 1];
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
      const from = (o * inputs + i) * kh * kw;
      for (let y = 0; y < kh; y++) {
        for (let x = 0; x < kw; x++) {
          values[(y * spread[0] * width + x * spread[1]) * perTap + at] = weights.values[from + y * kw + x]!;
        }
      }
    }
  }
  return call.weight(weights, values, shape);
}
