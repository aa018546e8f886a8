import type { Cursor } from './Cursor.js';

/** The shape of a dataset or attribute (section IV.A.2.b): [] for one value, undefined for none at all. */
export function readDataspace(body: Cursor): number[] | undefined {
  const version = body.u8();
  const rank = body.u8();
  body.skip(1);
  if (version !== 1 && version !== 2) throw body.damaged(`a shape of version ${version}`);
  const kind = version === 2 ? body.u8() : 1;
  if (version === 1) body.skip(5);
  if (kind === 2) return undefined;
  return Array.from({ length: rank }, () => body.length());
}
