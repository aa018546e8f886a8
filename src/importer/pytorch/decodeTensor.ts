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
  const values = decodeFloats(bytes.subarray(from, from + (last - offset + 1) * bytesEach), kind);
  return { shape: size, values: isRowMajor(size, stride) ? values : gathered(values, size, stride, wanted) };
}

function isRowMajor(size: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let axis = size.length - 1; axis >= 0; axis--) {
    if (size[axis] !== 1 && stride[axis] !== step) return false;
    step *= size[axis]!;
  }
  return true;
}

/** The values that strides name, one after another. */
function gathered(values: Float32Array, size: readonly number[], stride: readonly number[], count: number): Float32Array {
  const out = new Float32Array(count);
  const place = size.map(() => 0);
  let at = 0;
  for (let i = 0; i < count; i++) {
    out[i] = values[at]!;
    for (let axis = size.length - 1; axis >= 0; axis--) {
      at += stride[axis]!;
      if (++place[axis]! < size[axis]!) break;
      at -= stride[axis]! * size[axis]!;
      place[axis] = 0;
    }
  }
  return out;
}
