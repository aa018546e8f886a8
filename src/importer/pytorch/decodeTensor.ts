import type { Tensor } from '../../graph/Graph.js';
import { decodeFloats } from '../decodeFloats.js';
import { importFailed } from '../importFailed.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { TensorReference } from './TensorReference.js';

/** The bytes of a storage, or undefined where the file has none of this key. */
export type Storages = (key: string) => Uint8Array | undefined;

/**
 * A tensor's values in row-major order, whatever its strides are: a view of the storage where it is already so.
 * @param name for messages
 * @throws VisavisError `import-failed` that names the tensor: its data is missing or too short, it reaches past its storage, its strides
 *   are negative, or it repeats values to be larger than its storage
 */
export function decodeTensor(name: string, { storage, offset, size, stride }: TensorReference, storages: Storages): Tensor {
  const { key, kind, bytesEach, count, start } = storage;
  if (!kind) throw importFailed(`The tensor ${name} has whole numbers, not floating point ones: a weight cannot.`);
  const wanted = sizeOfShape(name, size);
  if (stride.length !== size.length) throw importFailed(`The tensor ${name} has ${size.length} axes and ${stride.length} strides.`);
  if (stride.some((step) => !(step >= 0) || !Number.isInteger(step)))
    throw importFailed(`The tensor ${name} has a negative stride: [${stride.join(', ')}].`);
  if (![offset, count, start].every((n) => Number.isSafeInteger(n) && n >= 0))
    throw importFailed(`The tensor ${name} has a broken place: ${count} values from ${start} on, offset ${offset}.`);
  if (wanted === 0) return { shape: size, values: new Float32Array(0) };
  const last = offset + size.reduce((sum, n, axis) => sum + (n - 1) * stride[axis]!, 0);
  if (last >= count)
    throw importFailed(`The tensor ${name} reaches past its storage: its last value is number ${last} of ${count}. The file is damaged.`);
  if (wanted > count) throw importFailed(`The tensor ${name} is too large: ${wanted} values made of the ${count} of its storage.`);
  const bytes = storages(key);
  if (!bytes) throw importFailed(`The data of tensor ${name} (data/${key}) is missing.`);
  if ((start + count) * bytesEach > bytes.length)
    throw importFailed(
      `The data of tensor ${name} (data/${key}) is cut off: ${bytes.length} bytes are there, ${(start + count) * bytesEach} are wanted.`,
    );
  const from = (start + offset) * bytesEach;
  const block = bytes.subarray(from, from + (last - offset + 1) * bytesEach);
  // Gathered before they are decoded: between two values there may lie as much as the file has.
  return { shape: size, values: decodeFloats(isRowMajor(size, stride) ? block : gathered(block, size, stride, wanted, bytesEach), kind) };
}

function isRowMajor(size: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let axis = size.length - 1; axis >= 0; axis--) {
    if (size[axis] !== 1 && stride[axis] !== step) return false;
    step *= size[axis]!;
  }
  return true;
}

/** The bytes of the values that strides name, one after another. @param width bytes of a value */
function gathered(bytes: Uint8Array, size: readonly number[], stride: readonly number[], count: number, width: number): Uint8Array {
  const out = new Uint8Array(count * width);
  const place = size.map(() => 0);
  let at = 0;
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < width; byte++) out[i * width + byte] = bytes[at * width + byte]!;
    for (let axis = size.length - 1; axis >= 0; axis--) {
      at += stride[axis]!;
      if (++place[axis]! < size[axis]!) break;
      at -= stride[axis]! * size[axis]!;
      place[axis] = 0;
    }
  }
  return out;
}
