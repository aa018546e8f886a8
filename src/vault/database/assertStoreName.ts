import { describe } from '../../shared/describe.js';
import { isWellFormed } from '../../shared/isWellFormed.js';

/** Throws a TypeError for anything but a name that a database can have. @param what names, such as `the vault's name` */
export function assertStoreName(name: unknown, what: string): asserts name is string {
  if (typeof name !== 'string' || name === '') throw new TypeError(`expected ${what}, a text, got ${describe(name)}`);
  if (!isWellFormed(name)) throw new RangeError(`expected ${what} to be of whole characters, got half of one in ${describe(name)}`);
}
