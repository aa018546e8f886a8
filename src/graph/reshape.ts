import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';

/** The same values in another shape. @param wanted sizes; one of them may be −1, which means whatever remains */
export function reshape({ op, name }: GraphNode, { shape, values }: Tensor, wanted: Tensor): Tensor {
  const sizes = Array.from(wanted.values);
  const known = sizeOf(sizes.filter((n) => n !== -1));
  const result = sizes.map((n) => (n === -1 ? values.length / known : n));
  if (sizeOf(result) !== values.length || !result.every((n) => Number.isInteger(n) && n >= 0)) {
    throw corrupt(`${op} "${name}" gives [${shape.join()}] the shape [${sizes.join()}]`);
  }
  return { shape: result, values };
}
