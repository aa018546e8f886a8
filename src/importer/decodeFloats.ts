import { decodeHalf } from '../graph/halfFloat.js';

/** Kinds of floating point numbers in files, and how many bytes each has. */
export const FLOAT_BYTES = { float16: 2, bfloat16: 2, float32: 4, float64: 8 } as const;
export type FloatKind = keyof typeof FLOAT_BYTES;

/**
 * Numbers of a file, little-endian, as float32: a view of the file's bytes where they are float32 and lie on a multiple of 4.
 * Numbers too large for float32 become infinite.
 * @param bytes of whole numbers
 */
export function decodeFloats(bytes: Uint8Array, kind: FloatKind): Float32Array {
  const size = FLOAT_BYTES[kind];
  const count = bytes.length / size;
  const { buffer, byteOffset } = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  if (kind === 'float32') return new Float32Array(buffer, byteOffset, count);
  if (kind === 'float64') return new Float32Array(new Float64Array(buffer, byteOffset, count));
  const halves = new Uint16Array(buffer, byteOffset, count);
  const out = new Float32Array(count);
  const bits = new Uint32Array(out.buffer);
  if (kind === 'bfloat16') for (let i = 0; i < count; i++) bits[i] = halves[i]! << 16;
  else for (let i = 0; i < count; i++) out[i] = decodeHalf(halves[i]!);
  return out;
}
