import { describe } from '../../shared/describe.js';
import { isWellFormed } from '../../shared/isWellFormed.js';

/** In UTF-8. */
export const MAX_ID_BYTES = 1024;

/** Whether a template can be kept and exported under an id. */
export function isNewId(id: unknown): id is string {
  return typeof id === 'string' && id !== '' && isWellFormed(id) && bytesOf(id) <= MAX_ID_BYTES;
}

/** Throws a TypeError or RangeError for an id under which no template can be kept. */
export function assertNewId(id: unknown): asserts id is string {
  assertId(id);
  if (isNewId(id)) return;
  const wanted = `an id of at most ${MAX_ID_BYTES} bytes in whole characters`;
  const got = isWellFormed(id) ? `one of ${bytesOf(id)} bytes` : `half a character in ${describe(id)}: texts are best cut with Array.from`;
  throw new RangeError(`expected ${wanted}, got ${got}`);
}

/** Throws a TypeError for what can't be an id at all. Versions before 0.5 took more: what they kept is still found and deleted. */
export function assertId(id: unknown): asserts id is string {
  if (typeof id !== 'string' || id === '') throw new TypeError(`expected a template's id, a text, got ${describe(id)}`);
}

function bytesOf(id: string): number {
  return new TextEncoder().encode(id).length;
}
