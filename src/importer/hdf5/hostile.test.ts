import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { processorClock } from '../fixtures/processorClock.js';
import { legacyGroups } from '../keras/legacyGroups.js';
import { Cursor } from './Cursor.js';
import type { Hdf5Object } from './Hdf5Object.js';
import { readAttribute } from './readAttribute.js';
import { readChunks } from './readChunks.js';
import { readLinks } from './readLinks.js';
import { MESSAGE } from './readMessages.js';

const WIDTHS = { offset: 8, length: 8 };
const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (n: number) => [n & 255, n >> 8];
const u32 = (n: number) => [...u16(n & 65_535), ...u16(n >>> 16)];
const u64 = (n: number) => [...u32(n), 0, 0, 0, 0];
const cursor = (bytes: Uint8Array, at = 0) => new Cursor(bytes, WIDTHS, at);

it('takes no names as long as a file', () => {
  const bytes = new Uint8Array(3000).fill(97, 0, 2000);
  expect(() => cursor(bytes).zeroEnded()).toThrow('The HDF5 file has a name of more than 1024 bytes, which no layer has (byte 0).');
  expect(cursor(bytes, 2000 - 1024).zeroEnded()).toHaveLength(1024);
  expect(() => cursor(bytes.subarray(0, 1000)).zeroEnded()).toThrow('a name without an end');
});

it('counts names that overlapping leaves list again', () => {
  const [tree, heap, leaf] = [16, 200, 300];
  const bytes = new Uint8Array(3_000_000);
  bytes.set([...u64(tree), ...u64(heap)]);
  // The second leaf lies in bytes of the first one's first entry that nobody reads.
  bytes.set([...letters('TREE'), 0, 0, ...u16(2), ...u64(0), ...u64(0), ...u64(0), ...u64(leaf), ...u64(0), ...u64(leaf + 32)], tree);
  bytes.set([...letters('HEAP'), 0, 0, 0, 0, ...u64(64), ...u64(0), ...u64(2_900_000)], heap);
  for (const at of [leaf, leaf + 32]) bytes.set([...letters('SNOD'), 1, 0, ...u16(65_535)], at);
  expect(() => readLinks([{ type: MESSAGE.symbolTable, body: cursor(bytes) }], '/')).toThrow('a group with more than 100000 names');
});

/** An attribute of so many texts, which all stand in the last place of a heap. @param number of each place */
function heapOf(places: number, count: number, number: (i: number) => number): Uint8Array {
  const heap = 100_000;
  const end = heap + 16 + 16 * places;
  const bytes = new Uint8Array(end + 16);
  const type = [0x19, 1, 0, 0, ...u32(16), 0x13, 0, 0, 0, ...u32(1)];
  const space = [1, 1, 0, 0, 0, 0, 0, 0, ...u64(count)];
  bytes.set([3, 0, ...u16(1), ...u16(type.length), ...u16(space.length), 0, 97, ...type, ...space]);
  const data = 9 + 1 + type.length + space.length;
  // Only the last place is long enough to have letters.
  for (let i = 0; i < count; i++) bytes.set([...u32(1), ...u64(heap), ...u32(number(places))], data + 16 * i);
  bytes.set([...letters('GCOL'), 1, 0, 0, 0, ...u64(end + 16 - heap)], heap);
  for (let i = 1; i <= places; i++) bytes.set([...u16(number(i)), 1, 0, 0, 0, 0, 0, ...u64(i === places ? 1 : 0)], heap + 16 * i);
  bytes.set(letters('x'), end);
  return bytes;
}

it('looks through a heap once, however many texts stand in it', () => {
  const [places, count] = [40_000, 3000];
  let visited = 0;
  const attribute = readAttribute(cursor(heapOf(places, count, (i) => i)), (n) => (visited += n));
  const spent = processorClock();
  const texts = attribute.texts()!;
  expect([texts.length, texts[0], texts.at(-1)]).toEqual([count, 'x', 'x']);
  expect(spent()).toBeLessThan(500);
  expect(visited).toBe(places);
});

it('counts places of a heap that have the same number', () => {
  const attribute = readAttribute(cursor(heapOf(140_000, 1, () => 1)), () => undefined);
  expect(() => attribute.texts()).toThrow('an attribute whose heaps have more than 131072 texts');
});

it('asks for the memory of a block that is larger than its tensor', async () => {
  const block = 1_000_000;
  const packed = deflateSync(new Uint8Array(4 * block));
  const at = 100;
  const bytes = new Uint8Array(at + packed.length);
  const key = [...u32(packed.length), ...u32(0), ...u64(0), ...u64(0), ...u64(at)];
  bytes.set([...letters('TREE'), 1, 0, ...u16(1), ...u64(0), ...u64(0), ...key]);
  bytes.set(packed, at);
  const dataset = { name: 'w', shape: [1], block: [block], width: 4, filters: ['deflate'] } as const;
  let spent = 0;
  expect(await readChunks(cursor(bytes), dataset, (count) => (spent += count))).toEqual(new Uint8Array(4));
  expect(spent).toBe(4 * block);
});

it('takes no list in very many parts, of which each may be empty', () => {
  const group = { path: 'weights', texts: (key: string) => (/\d$/.test(key) ? [] : undefined) } as unknown as Hdf5Object;
  expect(() => legacyGroups(group)).toThrow('The group weights has its layer_names in more than 256 parts');
});
