import { attributesOf } from './attributesOf.js';
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

/** The shape without some axes of size 1: those that `squeeze_dims` (or `axis`) names, or all. */
export function squeezed(node: GraphNode, shape: readonly number[]): number[] {
  const { integers } = attributesOf(node);
  const named = integers('squeeze_dims') ?? integers('axis') ?? [];
  const gone = named.map((axis) => (axis < 0 ? axis + shape.length : axis));
  if (gone.some((axis) => shape[axis] !== 1))
    throw corrupt(`${node.op} "${node.name}" takes the axes ${named.join()} from [${shape.join()}]`);
  return shape.filter((n, axis) => (gone.length > 0 ? !gone.includes(axis) : n !== 1));
}

/** The shape with one more axis of size 1. @param at where; a negative number counts from the end of the result */
export function expanded(node: GraphNode, shape: readonly number[], at: Tensor): number[] {
  const given = at.values[0] ?? NaN;
  const axis = given < 0 ? given + shape.length + 1 : given;
  if (!(axis >= 0 && axis <= shape.length)) throw corrupt(`${node.op} "${node.name}" adds the axis ${given} to [${shape.join()}]`);
  return [...shape.slice(0, axis), 1, ...shape.slice(axis)];
}
