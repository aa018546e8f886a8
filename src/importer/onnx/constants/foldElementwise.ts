import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';
import { blankConstant } from './blankConstant.js';
import { commonShape, repeatConstant } from './broadcast.js';

/** Computes each value of a constant from the values of others at the same place. */
export function foldElementwise(count: number, value: (...values: number[]) => number) {
  return (call: Call): Constant => {
    const inputs = Array.from({ length: count }, (_, i) => call.constant(i, `input ${i}`));
    const shape = commonShape(
      call,
      inputs.map((input) => input.shape),
    );
    // Floats and integers are not mixed, except by Where, whose first input is a flag.
    const out = blankConstant(call, inputs.at(-1)!, shape);
    const all = inputs.map((input) => repeatConstant(call, input, shape).values);
    for (let i = 0; i < out.values.length; i++) out.values[i] = value(...all.map((values) => values[i]!));
    return out;
  };
}

/** Integers are divided towards zero. */
export function foldDivision(call: Call): Constant {
  const whole = call.constant(0, 'dividend').values instanceof Float64Array;
  return foldElementwise(2, (a, b) => (whole ? Math.trunc(a / b) : a / b))(call);
}
