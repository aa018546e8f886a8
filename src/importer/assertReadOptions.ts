import { describe } from '../shared/describe.js';
import { MAX_INPUT_SIZE } from './limits.js';
import type { ReadOptions } from './ReadOptions.js';

/**
 * Throws a TypeError or RangeError for options that are none.
 * @param names every option that the function has
 */
export function assertReadOptions(options: ReadOptions, call: string, names: readonly string[]): void {
  const fault = (wanted: string, got: unknown) => new TypeError(`expected ${wanted}, got ${describe(got)}`);
  if (typeof options !== 'object' || options === null) throw fault(`options of ${call}`, options);
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`expected one of the options ${names.join(', ')}, got ${unknown}`);
  const { architecture, inputSize, signal } = options;
  if (architecture !== undefined && (typeof architecture !== 'string' || architecture === ''))
    throw fault('architecture to be a text', architecture);
  if (inputSize !== undefined && !(Number.isInteger(inputSize) && inputSize >= 16 && inputSize <= MAX_INPUT_SIZE)) {
    throw new RangeError(`expected inputSize to be a number of pixels from 16 to ${MAX_INPUT_SIZE}, got ${describe(inputSize)}`);
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw fault('signal to be an AbortSignal', signal);
}
