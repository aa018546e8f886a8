import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { stepsOf } from './stepsOf.js';

/** The same values with the axes in another order. @param order for each axis of the result, which one it was */
export function transpose(node: GraphNode, { shape, values }: Tensor, order: Tensor): Tensor {
  const from = orderOf(node, shape, order);
  const turned = from.map((axis) => shape[axis]!);
  const steps = stepsOf(shape);
  const turnedSteps = stepsOf(turned);
  const Values = values.constructor as Float32ArrayConstructor;
  return {
    shape: turned,
    values: Values.from(values, (_, i) => {
      let at = 0;
      for (let axis = 0; axis < turned.length; axis++) at += (Math.floor(i / turnedSteps[axis]!) % turned[axis]!) * steps[from[axis]!]!;
      return values[at]!;
    }),
  };
}

/** The shape that `transpose` gives. */
export function transposedShape(node: GraphNode, shape: readonly number[], order: Tensor): number[] {
  return orderOf(node, shape, order).map((axis) => shape[axis]!);
}

function orderOf({ op, name }: GraphNode, shape: readonly number[], { values }: Tensor): number[] {
  const from = Array.from(values, (axis) => (axis < 0 ? axis + shape.length : axis));
  const whole = from.length === shape.length && shape.every((_, axis) => from.includes(axis));
  if (!whole) throw corrupt(`${op} "${name}" puts the axes of [${shape.join()}] into the order ${from.join()}`);
  return from;
}
