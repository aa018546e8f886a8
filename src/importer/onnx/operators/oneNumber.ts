import type { Call } from '../Call.js';
import type { Constant } from '../Value.js';

/** The number that a constant is. @throws VisavisError `import-failed` where it has several, one for each channel perhaps */
export function oneNumber(call: Call, { name, shape, values }: Constant): number {
  const [number, ...more] = values.subarray(0, 2);
  if (number === undefined || more.length > 0) throw call.refuse(`${name} has the shape [${shape.join(', ')}], and has to be one number`);
  return number;
}
