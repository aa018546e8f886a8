import { importFailed } from '../importFailed.js';
import type { Cursor } from './Cursor.js';
import type { Filter } from './readFilters.js';
import { undoFilters } from './undoFilters.js';

/** Parts of one tensor; a false count ends here. */
const MAX_CHUNKS = 1_000_000;
/** Deflate makes nothing smaller than by this factor. */
const DEFLATE_MOST = 1040;

interface Chunk {
  readonly at: readonly number[];
  readonly mask: number;
  readonly bytes: Uint8Array;
}

/** A dataset that is written in blocks of one size. */
export interface Chunked {
  readonly name: string;
  readonly shape: readonly number[];
  /** Of each block. */
  readonly block: readonly number[];
  /** Bytes of a value. */
  readonly width: number;
  readonly filters: readonly Filter[];
}

/**
 * The values of a chunked dataset, row by row.
 * @param tree at the tree of its chunks (section III.A.1)
 * @param spend is told of the bytes of the tensor, or of all its blocks, which may be more, before memory is taken for them
 */
export async function readChunks(tree: Cursor, dataset: Chunked, spend: (bytes: number) => void): Promise<Uint8Array> {
  const { name, shape, block, width, filters } = dataset;
  const wanted = shape.reduce((product, n, axis) => product * Math.ceil(n / block[axis]!), 1);
  if (!(wanted <= MAX_CHUNKS)) throw importFailed(`The tensor ${name} has ${wanted} parts, more than any layer of a face recognizer.`);
  const chunks = chunksOf(tree, dataset, wanted);
  if (chunks.length !== wanted) throw importFailed(`The tensor ${name} is not whole: ${chunks.length} of its ${wanted} parts are stored.`);
  const size = width * block.reduce((product, n) => product * n, 1);
  const total = width * shape.reduce((product, n) => product * n, 1);
  const stored = chunks.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (size * wanted > stored * DEFLATE_MOST) throw importFailed(`The tensor ${name} wants ${total} bytes, and ${stored} are stored.`);
  spend(Math.max(total, size * wanted));
  const result = new Uint8Array(total);
  for (const { at, mask, bytes } of chunks) {
    const values = await undoFilters(bytes, filters, mask, size, width, name);
    place(values, at, result, dataset);
  }
  return result;
}

function chunksOf(tree: Cursor, { name, shape, block }: Chunked, most: number): Chunk[] {
  const chunks: Chunk[] = [];
  const places = new Set<string>();
  const waiting = [tree];
  const seen = new Set<number>();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node.at) || seen.size > 2 * most + 64) throw node.damaged(`a tree of parts of ${name} that runs in a circle`);
    seen.add(node.at);
    node.expect('TREE');
    const kind = node.u8();
    const level = node.u8();
    const used = node.u16();
    if (kind !== 1) throw node.damaged('a tree of the wrong kind');
    node.address();
    node.address();
    for (let i = 0; i < used; i++) {
      const size = node.u32();
      const mask = node.u32();
      const at = shape.map(() => node.u64());
      node.skip(8);
      const address = node.address();
      if (address === undefined) throw node.damaged(`a part of ${name} without an address`);
      if (level > 0) waiting.push(node.seek(address));
      else {
        const fits = at.every((n, axis) => n < shape[axis]! && n % block[axis]! === 0);
        if (!fits || places.has(at.join())) throw node.damaged(`a part of ${name} at [${at.join(', ')}], where none can be`);
        places.add(at.join());
        chunks.push({ at, mask, bytes: node.seek(address).take(size) });
      }
    }
  }
  return chunks;
}

/** Copies a block to its place, row by row; what sticks out of the tensor is filling. */
function place(values: Uint8Array, at: readonly number[], result: Uint8Array, { shape, block, width }: Chunked): void {
  const last = shape.length - 1;
  if (last < 0) {
    result.set(values);
    return;
  }
  const length = width * Math.min(block[last]!, shape[last]! - at[last]!);
  const rows = block.slice(0, last).reduce((product, n) => product * n, 1);
  for (let row = 0; row < rows; row++) {
    let rest = row;
    let offset = at[last]!;
    let stride = shape[last]!;
    let inside = true;
    for (let axis = last - 1; axis >= 0; axis--) {
      const index = at[axis]! + (rest % block[axis]!);
      rest = Math.floor(rest / block[axis]!);
      inside &&= index < shape[axis]!;
      offset += index * stride;
      stride *= shape[axis]!;
    }
    if (inside) result.set(values.subarray(row * block[last]! * width, row * block[last]! * width + length), offset * width);
  }
}
