import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';
import { stepsOf } from './stepsOf.js';

/** How the values along some axes become one. */
export interface Reduction {
  readonly start: number;
  readonly add: (before: number, value: number) => number;
  readonly end: (all: number, count: number) => number;
}

export const meanOf: Reduction = { start: 0, add: (sum, v) => sum + v, end: (sum, count) => sum / count };
export const sumOf: Reduction = { start: 0, add: (sum, v) => sum + v, end: (sum) => sum };
export const maximumOf: Reduction = { start: -Infinity, add: Math.max, end: (most) => most };

/** One value for all along some axes, which are removed or kept with size 1. @param axes negative ones count from the end */
export function reduce(node: GraphNode, { shape, values }: Tensor, axes: Tensor, { start, add, end }: Reduction): Tensor {
  const gone = axesOf(node, shape, axes);
  const kept = shape.map((n, axis) => (gone.includes(axis) ? 1 : n));
  const steps = stepsOf(shape);
  const keptSteps = stepsOf(kept).map((step, axis) => (gone.includes(axis) ? 0 : step));
  const all = new Float64Array(sizeOf(kept)).fill(start);
  for (let i = 0; i < values.length; i++) {
    let at = 0;
    for (let axis = 0; axis < shape.length; axis++) at += (Math.floor(i / steps[axis]!) % shape[axis]!) * keptSteps[axis]!;
    all[at] = add(all[at]!, values[i]!);
  }
  const count = values.length / all.length;
  return { shape: reducedShape(node, shape, axes), values: Float32Array.from(all, (each) => end(each, count)) };
}

/** The shape that `reduce` gives. */
export function reducedShape(node: GraphNode, shape: readonly number[], axes: Tensor): number[] {
  const gone = axesOf(node, shape, axes);
  const keep = attributesOf(node).flag('keep_dims') ?? false;
  return shape.flatMap((n, axis) => (gone.includes(axis) ? (keep ? [1] : []) : [n]));
}

function axesOf({ op, name }: GraphNode, shape: readonly number[], axes: Tensor): number[] {
  const found = Array.from(axes.values, (axis) => (axis < 0 ? axis + shape.length : axis));
  if (found.some((axis) => shape[axis] === undefined)) throw corrupt(`${op} "${name}" names axes that [${shape.join()}] has not`);
  return found;
}
