import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';

/** The same values in another shape. @param wanted sizes; one of them may be −1, which means whatever remains */
export function reshape(node: GraphNode, { shape, values }: Tensor, wanted: Tensor): Tensor {
  return { shape: reshaped(node, shape, wanted), values };
}

/** The shape that `reshape` gives. */
export function reshaped({ op, name }: GraphNode, shape: readonly number[], wanted: Tensor): number[] {
  const sizes = Array.from(wanted.values);
  const known = sizeOf(sizes.filter((n) => n !== -1));
  const result = sizes.map((n) => (n === -1 ? sizeOf(shape) / known : n));
  if (sizeOf(result) !== sizeOf(shape) || !result.every((n) => Number.isInteger(n) && n >= 0)) {
    throw corrupt(`${op} "${name}" gives [${shape.join()}] the shape [${sizes.join()}]`);
  }
  return result;
}
