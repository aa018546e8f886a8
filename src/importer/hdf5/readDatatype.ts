import type { Cursor } from './Cursor.js';

/** What the values of a dataset or attribute are (section IV.A.2.d), as far as models have them. */
export type Datatype =
  | { readonly kind: 'float' | 'integer'; readonly size: number; readonly bigEndian: boolean; readonly signed: boolean }
  /** Fixed length. */
  | { readonly kind: 'text'; readonly size: number }
  /** Any length, in the global heap. */
  | { readonly kind: 'heap-text'; readonly size: number }
  | { readonly kind: 'other'; readonly size: number; readonly name: string };

const NAMES = [
  'integer',
  'float',
  'time',
  'text',
  'bit field',
  'opaque',
  'compound',
  'reference',
  'enumeration',
  'variable length',
  'array',
];
/** Exponent and mantissa bits of the IEEE formats by their size in bytes. */
const IEEE: Readonly<Record<number, readonly [number, number]>> = { 2: [5, 10], 4: [8, 23], 8: [11, 52] };

export function readDatatype(body: Cursor): Datatype {
  const kind = body.u8() & 15;
  const flags = body.u8();
  body.skip(2);
  const size = body.u32();
  const bigEndian = (flags & 1) !== 0;
  if (kind === 0 && [1, 2, 4, 8].includes(size)) return { kind: 'integer', size, bigEndian, signed: (flags & 8) !== 0 };
  if (kind === 1 && (flags & 0x40) === 0 && isIeee(body, size)) return { kind: 'float', size, bigEndian, signed: true };
  if (kind === 3 && size > 0) return { kind: 'text', size };
  if (kind === 9 && (flags & 15) === 1) return { kind: 'heap-text', size };
  return { kind: 'other', size, name: NAMES[kind] ?? `kind ${kind}` };
}

function isIeee(body: Cursor, size: number): boolean {
  body.skip(5);
  const exponent = body.u8();
  body.skip(1);
  const mantissa = body.u8();
  const wanted = IEEE[size];
  return wanted !== undefined && wanted[0] === exponent && wanted[1] === mantissa;
}
