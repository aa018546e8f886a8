import type { Tensor } from '../../graph/Graph.js';
import { decodeFloats, FLOAT_BYTES, type FloatKind } from '../decodeFloats.js';
import { importFailed } from '../importFailed.js';
import { sizeOfShape } from '../sizeOfShape.js';

const KINDS: ReadonlyMap<unknown, FloatKind> = new Map([
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
]);
/** Whole numbers and flags, which no weight is. */
const WHOLE: ReadonlyMap<unknown, number> = new Map([
  ['I64', 8],
  ['U64', 8],
  ['I32', 4],
  ['U32', 4],
  ['I16', 2],
  ['U16', 2],
  ['I8', 1],
  ['U8', 1],
  ['BOOL', 1],
]);
/** The writer's own limit is 100 MB; a face recognizer's header has less than 0.1. */
const LONGEST_HEADER = 1 << 24;

interface Entry {
  readonly name: string;
  readonly kind: FloatKind | undefined;
  readonly shape: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * The floating point tensors of a safetensors file: the header's length (8 bytes), the header (JSON: type, shape and place of each tensor),
 * then their bytes.
 * @see https://huggingface.co/docs/safetensors
 * @throws VisavisError `import-failed` that names the tensor: one reaches past the file, has other bytes than its shape, or lies over
 *   another
 */
export function readSafetensors(bytes: Uint8Array): ReadonlyMap<string, Tensor> {
  const { header, start } = readHeader(bytes);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readEntry(name, value, bytes.length - start));
  entries.sort((a, b) => a.from - b.from || a.to - b.to);
  for (const [i, entry] of entries.entries()) {
    const before = entries[i - 1];
    if (before && entry.from < before.to) throw importFailed(`The tensors ${before.name} and ${entry.name} overlap: the file is damaged.`);
  }
  const tensors = new Map<string, Tensor>();
  for (const { name, kind, shape, from, to } of entries) {
    if (kind) tensors.set(name, { shape, values: decodeFloats(bytes.subarray(start + from, start + to), kind) });
  }
  return tensors;
}

function readHeader(bytes: Uint8Array): { header: object; start: number } {
  if (bytes.length < 8) throw importFailed(`The file has ${bytes.length} bytes, too few for the header of safetensors: it is cut off.`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(0, true));
  if (length > bytes.length - 8)
    throw importFailed(`The header, ${length} bytes, is longer than the file of ${bytes.length} bytes: it is cut off or damaged.`);
  if (length > LONGEST_HEADER) throw importFailed(`The header is too large: ${length} bytes.`);
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length)));
  } catch (error) {
    throw importFailed('The header of the safetensors file is not valid JSON: the file is damaged.', error);
  }
  if (typeof header !== 'object' || header === null || Array.isArray(header))
    throw importFailed('The header of the safetensors file is no list of tensors: the file is damaged.');
  return { header, start: 8 + length };
}

/** @param available bytes after the header */
function readEntry(name: string, value: unknown, available: number): Entry {
  const { dtype, shape, data_offsets: place } = (value ?? {}) as { dtype?: unknown; shape?: unknown; data_offsets?: unknown };
  const kind = KINDS.get(dtype);
  const bytesEach = kind ? FLOAT_BYTES[kind] : WHOLE.get(dtype);
  if (bytesEach === undefined) throw importFailed(`The tensor ${name} is of the type ${JSON.stringify(dtype)}, which is not taken here.`);
  if (!isNumbers(shape)) throw importFailed(`The tensor ${name} has no shape: the header is damaged.`);
  if (!isNumbers(place) || place.length !== 2 || !place.every((n) => Number.isSafeInteger(n) && n >= 0) || place[0]! > place[1]!)
    throw importFailed(`The tensor ${name} has no place in the file: the header is damaged.`);
  const [from, to] = place as [number, number];
  const wanted = sizeOfShape(name, shape) * bytesEach;
  if (to > available)
    throw importFailed(
      `The tensor ${name} reaches past the end of the file: it ends at byte ${to} of ${available}. The file is cut off or damaged.`,
    );
  if (to - from !== wanted)
    throw importFailed(`The tensor ${name} has ${to - from} bytes, wanted ${wanted} for its shape [${shape.join(', ')}].`);
  return { name, kind, shape, from, to };
}

function isNumbers(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => typeof n === 'number');
}
