import { stepsOf } from '../../../graph/stepsOf.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';
import { selectConstant } from './selectConstant.js';

/** The shape of what is computed from values of several shapes: axes are counted from the end, and one of size 1 is repeated. */
export function commonShape(call: Call, shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1);
    const size = sizes.find((n) => n !== 1) ?? 1;
    if (sizes.some((n) => n !== 1 && n !== size))
      throw call.refuse(`the shapes ${shapes.map((s) => `[${s.join(', ')}]`).join(' and ')} do not fit`);
    return size;
  });
}

/** Repeats a constant along axes of size 1, and along new ones in front. */
export function repeatConstant(call: Call, constant: Constant, shape: readonly number[]): Constant {
  const { shape: own } = constant;
  if (own.length === shape.length && own.every((n, axis) => n === shape[axis])) return constant;
  const steps = stepsOf(own);
  const aligned = shape.map((_, axis) => {
    const at = axis - shape.length + own.length;
    return at < 0 || own[at] === 1 ? 0 : steps[at]!;
  });
  return selectConstant(call, constant, shape, 0, aligned);
}
