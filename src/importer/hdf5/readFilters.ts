import { importFailed } from '../importFailed.js';
import type { Cursor } from './Cursor.js';

/** What was done to each chunk before it was written, in this order. */
export type Filter = 'deflate' | 'shuffle' | 'fletcher32';

const KNOWN: Readonly<Record<number, Filter>> = { 1: 'deflate', 2: 'shuffle', 3: 'fletcher32' };
const OTHERS: Readonly<Record<number, string>> = { 4: 'szip', 5: 'nbit', 6: 'scaleoffset', 32000: 'lzf' };

/** A filter pipeline message (section IV.A.2.l). @param name the dataset's, for the message */
export function readFilters(body: Cursor, name: string): Filter[] {
  const version = body.u8();
  const count = body.u8();
  if (version !== 1 && version !== 2) throw body.damaged(`filters of version ${version}`);
  if (version === 1) body.skip(6);
  return Array.from({ length: count }, () => {
    const id = body.u16();
    const named = version === 1 || id >= 256;
    const title = named ? body.u16() : 0;
    body.skip(2);
    const values = body.u16();
    body.skip(version === 1 ? Math.ceil(title / 8) * 8 : title);
    body.skip(4 * (values + (version === 1 ? values % 2 : 0)));
    const filter = KNOWN[id];
    if (filter) return filter;
    throw importFailed(
      `The tensor ${name} is compressed with ${OTHERS[id] ?? `filter ${id}`}; gzip and shuffle are read. Save the file again without it.`,
    );
  });
}
