import type { ArithmeticChoice } from './Arithmetic.js';

const CHOICES: readonly ArithmeticChoice[] = ['auto', 'int8', 'int16', 'float32'];

/** Whether a value is one that the option `arithmetic` takes. */
export function isArithmetic(value: unknown): value is ArithmeticChoice {
  return CHOICES.some((choice) => choice === value);
}
