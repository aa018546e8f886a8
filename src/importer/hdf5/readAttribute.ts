import { importFailed } from '../importFailed.js';
import { type Cursor, textOf } from './Cursor.js';
import { readDataspace } from './readDataspace.js';
import { type Datatype, readDatatype } from './readDatatype.js';

/** Bytes of all texts of an attribute: the description of the largest published network takes a fiftieth. */
const MAX_TEXT = 1 << 25;

/** Places of the heaps that one attribute's texts stand in, at most: Keras has one for each name. */
const MAX_PLACES = 1 << 17;

/** A name with a value that may be read. */
export interface Attribute {
  readonly name: string;
  /** Texts, one after another; undefined where the values are no texts. Of no values there is none, whatever their type. */
  texts(): string[] | undefined;
}

/**
 * An attribute message (section IV.A.2.m).
 * @param visit is told of every place of a heap that is gone through, of which heaps that overlap have the same ones
 */
export function readAttribute(body: Cursor, visit: (places: number) => void): Attribute {
  const version = body.u8();
  if (version < 1 || version > 3) throw body.damaged(`an attribute of version ${version}`);
  body.skip(1);
  const sizes = [body.u16(), body.u16(), body.u16()] as const;
  if (version === 3) body.skip(1);
  const [name, type, space] = sizes.map((size) => part(body, size, version === 1)) as [Cursor, Cursor, Cursor];
  return { name: textOf(name.take(name.left)), texts: () => readTexts(readDatatype(type), readDataspace(space), body, visit) };
}

/** One of an attribute's three parts; version 1 fills each up to eight bytes. */
function part(body: Cursor, size: number, filled: boolean): Cursor {
  const cursor = body.seek(body.at, size);
  body.skip(Math.min(filled ? Math.ceil(size / 8) * 8 : size, body.left));
  return cursor;
}

function readTexts(
  type: Datatype,
  shape: readonly number[] | undefined,
  data: Cursor,
  visit: (places: number) => void,
): string[] | undefined {
  const count = shape?.reduce((product, n) => product * n, 1) ?? 0;
  if (count === 0) return [];
  if (type.kind !== 'text' && type.kind !== 'heap-text') return undefined;
  if (!(count * type.size <= data.left)) throw data.damaged(`an attribute with ${count} texts, longer than the space it has`);
  if (type.kind === 'text') {
    const at = data.at;
    return Array.from({ length: count }, (_, i) => data.seek(at + i * type.size, type.size)).map((text) => textOf(text.take(type.size)));
  }
  let [total, places] = [0, 0];
  const pass = () => {
    visit(1);
    if (++places > MAX_PLACES) throw data.damaged(`an attribute whose heaps have more than ${MAX_PLACES} texts`);
  };
  const heaps = new Map<number, Heap>();
  const from = data.seek(data.at, data.left);
  return Array.from({ length: count }, () => {
    const text = heapText(from, heaps, pass);
    total += text.length;
    if (total > MAX_TEXT) throw importFailed(`The HDF5 file has an attribute of more than ${MAX_TEXT} bytes of text (byte ${data.at}).`);
    return textOf(text);
  });
}

/** Where a global heap has its values (section III.E), by their numbers. */
type Heap = ReadonlyMap<number, { readonly at: number; readonly length: number }>;

/**
 * A text of any length: its length and its place in a global heap.
 * @param heaps those that were looked through before, by their addresses
 * @param pass is told of each place that is gone through
 */
function heapText(data: Cursor, heaps: Map<number, Heap>, pass: () => void): Uint8Array {
  const length = data.u32();
  const address = data.address();
  const wanted = data.u32();
  if (length === 0 || address === undefined) return new Uint8Array();
  const heap = heaps.get(address) ?? readHeap(data.seek(address), pass);
  heaps.set(address, heap);
  const place = heap.get(wanted);
  if (!place) throw data.damaged(`a text that is not in the heap at ${address}`);
  if (length > place.length) throw data.damaged(`a text of ${length} bytes in a place for ${place.length}`);
  return data.seek(place.at, length).take(length);
}

function readHeap(start: Cursor, pass: () => void): Heap {
  const address = start.at;
  start.expect('GCOL').skip(4);
  const size = start.length();
  const heap = start.seek(start.at, size - (start.at - address));
  const places = new Map<number, { at: number; length: number }>();
  while (heap.left >= 8 + heap.widths.length) {
    const index = heap.u16();
    heap.skip(6);
    const length = heap.length();
    if (index === 0) break;
    pass();
    if (!places.has(index)) places.set(index, { at: heap.at, length });
    heap.skip(Math.min(Math.ceil(length / 8) * 8, heap.left));
  }
  return places;
}
