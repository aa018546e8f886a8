import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';
import { stepsOf } from './stepsOf.js';

/** The mean over some axes, which are removed or kept with size 1. @param axes negative ones count from the end */
export function mean(node: GraphNode, { shape, values }: Tensor, axes: Tensor): Tensor {
  const gone = Array.from(axes.values, (axis) => (axis < 0 ? axis + shape.length : axis));
  if (gone.some((axis) => shape[axis] === undefined)) throw corrupt(`${node.op} "${node.name}" names axes that [${shape.join()}] has not`);
  const kept = shape.map((n, axis) => (gone.includes(axis) ? 1 : n));
  const steps = stepsOf(shape);
  const keptSteps = stepsOf(kept).map((step, axis) => (gone.includes(axis) ? 0 : step));
  const sums = new Float64Array(sizeOf(kept));
  for (let i = 0; i < values.length; i++) {
    let at = 0;
    for (let axis = 0; axis < shape.length; axis++) at += (Math.floor(i / steps[axis]!) % shape[axis]!) * keptSteps[axis]!;
    sums[at]! += values[i]!;
  }
  const count = values.length / sums.length;
  const keep = attributesOf(node).flag('keep_dims') ?? false;
  return { shape: keep ? kept : shape.filter((_, axis) => !gone.includes(axis)), values: Float32Array.from(sums, (sum) => sum / count) };
}
