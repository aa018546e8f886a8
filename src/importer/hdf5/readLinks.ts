import { importFailed } from '../importFailed.js';
import type { Cursor } from './Cursor.js';
import { MESSAGE, type Message } from './readMessages.js';

/** What a name within a group stands for: an object's place in the file, or a path to look up, or something in another file. */
export type Link =
  | { readonly kind: 'hard'; readonly address: number }
  | { readonly kind: 'soft'; readonly path: string }
  | { readonly kind: 'external'; readonly file: string };

/** Names in one group: the largest published recognizers have some 500 layers. */
const MAX_LINKS = 100_000;

/** The members of a group by name; undefined where the object is no group. */
export function readLinks(messages: readonly Message[], path: string): Map<string, Link> | undefined {
  const table = messages.find(({ type }) => type === MESSAGE.symbolTable);
  if (table) return readSymbolTable(table.body);
  const info = messages.find(({ type }) => type === MESSAGE.linkInfo);
  const links = messages.filter(({ type }) => type === MESSAGE.link);
  if (!info && links.length === 0) return undefined;
  if (info && isDense(info.body)) {
    throw importFailed(
      `The HDF5 group ${path} is written in the layout of libver="latest", which is not read here: save the file again with h5py's defaults.`,
    );
  }
  return new Map(links.map(({ body }) => readLink(body)));
}

/** Whether the links stand in a heap of their own. */
function isDense(info: Cursor): boolean {
  info.skip(1);
  if (info.u8() & 1) info.skip(8);
  return info.address() !== undefined;
}

function readLink(body: Cursor): [string, Link] {
  body.skip(1);
  const flags = body.u8();
  const kind = flags & 8 ? body.u8() : 0;
  if (flags & 4) body.skip(8);
  if (flags & 16) body.skip(1);
  const name = body.text(body.uint(1 << (flags & 3)));
  if (kind === 0) return [name, hard(body, body.address())];
  const value = body.take(body.u16());
  const text = new TextDecoder().decode(value);
  if (kind === 1) return [name, { kind: 'soft', path: text }];
  if (kind === 64) return [name, { kind: 'external', file: text.slice(1).split('\0')[0] ?? '' }];
  throw body.damaged(`a link of the unknown kind ${kind}`);
}

function hard(body: Cursor, address: number | undefined): Link {
  if (address === undefined) throw body.damaged('a link without an address');
  return { kind: 'hard', address };
}

/** Groups as HDF5 1.6 has them: a tree whose leaves list names and addresses, with the names' letters in a heap. */
function readSymbolTable(body: Cursor): Map<string, Link> {
  const tree = body.address();
  const heap = body.address();
  if (tree === undefined || heap === undefined) throw body.damaged('a group without an address');
  const names = readHeap(body.seek(heap));
  const links = new Map<string, Link>();
  let entries = 0;
  for (const leaf of leavesOf(body, tree)) {
    leaf.expect('SNOD').skip(2);
    const count = leaf.u16();
    // Leaves may overlap, and list the same names again and again.
    entries += count;
    if (entries > MAX_LINKS) throw leaf.damaged(`a group with more than ${MAX_LINKS} names`);
    for (let i = 0; i < count; i++) {
      const [name, link] = readEntry(leaf, names);
      links.set(name, link);
    }
  }
  return links;
}

function readEntry(leaf: Cursor, names: Cursor): [string, Link] {
  const name = nameAt(names, leaf.address() ?? 0);
  const address = leaf.address();
  const kind = leaf.u32();
  leaf.skip(4);
  const scratch = leaf.seek(leaf.at, 16);
  leaf.skip(16);
  if (kind === 2) return [name, { kind: 'soft', path: nameAt(names, scratch.u32()) }];
  return [name, hard(leaf, address)];
}

function readHeap(heap: Cursor): Cursor {
  heap.expect('HEAP').skip(4);
  const size = heap.length();
  heap.length();
  const data = heap.address();
  if (data === undefined) throw heap.damaged('a heap without an address');
  return heap.seek(data, size);
}

function nameAt(heap: Cursor, offset: number): string {
  if (offset >= heap.left) throw heap.damaged(`no name at place ${offset} of a heap`);
  return heap.seek(heap.at, heap.left).skip(offset).zeroEnded();
}

/** The leaves of a tree of groups (section III.A.1), each visited once. */
function* leavesOf(file: Cursor, root: number): Generator<Cursor> {
  const waiting = [root];
  const seen = new Set<number>();
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    const node = file.seek(address);
    if (seen.has(address) || seen.size > MAX_LINKS) throw node.damaged('a group whose tree of names runs in a circle');
    seen.add(address);
    node.expect('TREE');
    const kind = node.u8();
    const level = node.u8();
    const used = node.u16();
    if (kind !== 0) throw node.damaged('a tree of the wrong kind');
    node.address();
    node.address();
    for (let i = 0; i < used; i++) {
      node.length();
      const child = node.address();
      if (child === undefined) throw node.damaged('a tree with a missing branch');
      if (level > 0) waiting.push(child);
      else if (!seen.has(child)) {
        seen.add(child);
        yield file.seek(child);
      }
    }
  }
}
