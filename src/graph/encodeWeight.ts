import { chooseLevels, levelOf } from './chooseLevels.js';
import type { Tensor } from './Graph.js';
import { encodeHalf } from './halfFloat.js';
import type { WeightSpec } from './ModelJson.js';

/** How the floats of a weight are stored. */
export type WeightForm = 'float32' | 'float16' | 'uint16' | 'uint8';

/** A weight as it appears in the files of a model. */
export interface EncodedWeight {
  readonly spec: WeightSpec;
  readonly bytes: Uint8Array;
}

/**
 * Encodes a weight: floats in the given format, integers and flags as they are. Gives the same bytes on every machine.
 * @throws RangeError if values that are not finite would be stored in levels
 */
export function encodeWeight(name: string, { shape, values }: Tensor, form: WeightForm): EncodedWeight {
  const plain = (dtype: string) => ({ spec: { name, shape, dtype }, bytes: bytesOf(values) });
  if (values instanceof Int32Array) return plain('int32');
  if (values instanceof Uint8Array) return plain('bool');
  if (form === 'float32') return plain('float32');
  const quantized = (min: number | undefined, scale: number | undefined, stored: Uint8Array | Uint16Array) => ({
    spec: { name, shape, dtype: 'float32', quantization: { dtype: form, min, scale, original_dtype: 'float32' } },
    bytes: bytesOf(stored),
  });
  if (form === 'float16') return quantized(undefined, undefined, Uint16Array.from(values, encodeHalf));
  if (!values.every((v) => Number.isFinite(v))) throw new RangeError(`the weight "${name}" has values that are not finite`);
  const highest = form === 'uint8' ? 255 : 65_535;
  const { min, scale } = chooseLevels(values, highest);
  const level = (v: number) => levelOf(v, min, scale, highest);
  return quantized(min, scale, form === 'uint8' ? Uint8Array.from(values, level) : Uint16Array.from(values, level));
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
