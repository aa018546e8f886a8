import { stepsOf } from '../../../graph/stepsOf.js';
import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';
import { blankConstant } from './blankConstant.js';

/**
 * A constant whose every value is one of another's.
 * @param shape of the result
 * @param start index of its first value in the other
 * @param steps how much farther on in the other the next value along each axis is; 0 repeats
 */
export function selectConstant(call: Call, from: Constant, shape: readonly number[], start: number, steps: readonly number[]): Constant {
  const out = blankConstant(call, from, shape);
  const ownSteps = stepsOf(shape);
  for (let i = 0; i < out.values.length; i++) {
    let at = start;
    for (let axis = 0; axis < shape.length; axis++) at += (Math.floor(i / ownSteps[axis]!) % shape[axis]!) * steps[axis]!;
    out.values[i] = from.values[at]!;
  }
  return out;
}
