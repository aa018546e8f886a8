import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';
import { stepsOf } from './stepsOf.js';

/** Pads a tensor. @param paddings [axes, 2]: how many before and after, along each axis @param fill what with */
export function pad({ op, name }: GraphNode, { shape, values }: Tensor, paddings: Tensor, fill = 0): Tensor {
  const numbers = Array.from(paddings.values);
  if (numbers.length !== 2 * shape.length || numbers.some((n) => n < 0))
    throw corrupt(`${op} "${name}" needs two counts for each axis of [${shape.join()}]`);
  const padded = shape.map((n, axis) => n + numbers[2 * axis]! + numbers[2 * axis + 1]!);
  const [steps, paddedSteps] = [stepsOf(shape), stepsOf(padded)];
  const out = new Float32Array(sizeOf(padded)).fill(fill);
  for (let i = 0; i < values.length; i++) {
    let at = 0;
    for (let axis = 0; axis < shape.length; axis++) {
      at += ((Math.floor(i / steps[axis]!) % shape[axis]!) + numbers[2 * axis]!) * paddedSteps[axis]!;
    }
    out[at] = values[i]!;
  }
  return { shape: padded, values: out };
}
