import { importFailed } from '../importFailed.js';
import type { Filter } from './readFilters.js';

/**
 * The bytes of a chunk as they were before they were written.
 * @param mask filters that were left out for this chunk, one bit each
 * @param size how many bytes it must become: no more is ever unpacked
 * @param width bytes of a value
 */
export async function undoFilters(
  chunk: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
  width: number,
  name: string,
): Promise<Uint8Array> {
  let bytes = chunk;
  for (let i = filters.length - 1; i >= 0; i--) {
    if (mask & (1 << i)) continue;
    // A checksum of four bytes may end what comes before its filter.
    const room = size + 4 * filters.slice(0, i).filter((filter) => filter === 'fletcher32').length;
    if (filters[i] === 'deflate') bytes = await inflate(bytes, room, name);
    else if (filters[i] === 'shuffle') bytes = unshuffle(bytes, width);
    else bytes = checked(bytes, name);
  }
  if (bytes.length !== size) throw importFailed(`The tensor ${name} is damaged: a part of it has ${bytes.length} bytes, wanted ${size}.`);
  return bytes;
}

async function inflate(bytes: Uint8Array, size: number, name: string): Promise<Uint8Array> {
  const result = new Uint8Array(size);
  let at = 0;
  try {
    const reader = new Blob([bytes.slice()]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (at + part.value.length > size) {
        void reader.cancel();
        throw new RangeError('more bytes than there is room for');
      }
      result.set(part.value, at);
      at += part.value.length;
    }
  } catch (cause) {
    throw importFailed(`The tensor ${name} cannot be unpacked: the file is damaged.`, cause);
  }
  return result.subarray(0, at);
}

/** First bytes of all values come first, then all second bytes, and so on. */
function unshuffle(bytes: Uint8Array, width: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  const count = Math.floor(bytes.length / width);
  let from = 0;
  for (let byte = 0; byte < width; byte++) {
    for (let i = 0; i < count; i++) result[i * width + byte] = bytes[from++]!;
  }
  result.set(bytes.subarray(from), from);
  return result;
}

/** Fletcher's checksum over 16-bit words, high byte first, as HDF5 writes it. */
function checked(bytes: Uint8Array, name: string): Uint8Array {
  const end = bytes.length - 4;
  let [low, high] = [0, 0];
  for (let i = 0; i < end; i += 2) {
    low = (low + ((bytes[i]! << 8) | (i + 1 < end ? bytes[i + 1]! : 0))) % 65_535;
    high = (high + low) % 65_535;
  }
  const stored = end < 0 ? [] : bytes.subarray(end);
  const sum = [low & 255, low >> 8, high & 255, high >> 8];
  const same = (value: number, i: number) => value === stored[i];
  if (!sum.every(same)) throw importFailed(`The tensor ${name} is damaged: its checksum is wrong.`);
  return bytes.subarray(0, end);
}
