import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { sizeOf } from './sizeOf.js';
import { stepsOf } from './stepsOf.js';

/**
 * Computes one value from each pair of corresponding values, with broadcasting: a tensor with fewer axes, or an axis of size 1, is repeated
 * along it. Of integers come integers.
 * @throws VisavisError `model-corrupt` if the shapes do not match
 */
export function combine({ op, name }: GraphNode, a: Tensor, b: Tensor, value: (a: number, b: number) => number): Tensor {
  const axes = Math.max(a.shape.length, b.shape.length);
  const [sizesA, sizesB] = [a.shape, b.shape].map((shape) => [...Array<number>(axes - shape.length).fill(1), ...shape]) as [
    number[],
    number[],
  ];
  const shape = sizesA.map((n, axis) => {
    const other = sizesB[axis]!;
    if (n !== other && n !== 1 && other !== 1) {
      throw corrupt(`${op} "${name}" combines [${a.shape.join()}] with [${b.shape.join()}]`);
    }
    return n === 1 ? other : n;
  });
  // A repeated axis has a step of 0.
  const [stepsA, stepsB] = [sizesA, sizesB].map((sizes) => stepsOf(sizes).map((step, axis) => (sizes[axis] === 1 ? 0 : step))) as [
    number[],
    number[],
  ];
  const length = sizeOf(shape);
  const whole = a.values instanceof Int32Array && b.values instanceof Int32Array;
  const values = whole ? new Int32Array(length) : new Float32Array(length);
  const place = shape.map(() => 0);
  let atA = 0;
  let atB = 0;
  for (let i = 0; i < values.length; i++) {
    values[i] = value(a.values[atA]!, b.values[atB]!);
    for (let axis = axes - 1; axis >= 0; axis--) {
      atA += stepsA[axis]!;
      atB += stepsB[axis]!;
      place[axis]!++;
      if (place[axis]! < shape[axis]!) break;
      atA -= stepsA[axis]! * shape[axis]!;
      atB -= stepsB[axis]! * shape[axis]!;
      place[axis] = 0;
    }
  }
  return { shape, values };
}
