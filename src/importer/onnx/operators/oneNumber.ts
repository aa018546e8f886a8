import type { Call } from '../Call.js';
import { commonShape } from '../constants/broadcast.js';
import { shapeOf } from '../shapeOf.js';
import type { Constant, Value } from '../Value.js';

/**
 * The number that a constant is, which may be repeated for each value of another.
 * @throws VisavisError `import-failed` where it has several, one for each channel perhaps
 */
export function oneNumber(call: Call, { name, shape, values }: Constant, of: Value = call.input(0)): number {
  const [number] = values;
  if (number === undefined || values.some((value: number) => value !== number))
    throw call.refuse(`${name} has the shape [${shape.join(', ')}], and has to be one number`);
  const own = shapeOf(of, call.network.batch);
  if (values.length > 1 && commonShape(call, [own, shape]).join() !== own.join())
    throw call.refuse(`${name} has the shape [${shape.join(', ')}], and would repeat [${own.join(', ')}]`);
  return number;
}
