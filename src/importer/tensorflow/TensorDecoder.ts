import { decodeHalf } from '../../graph/halfFloat.js';
import type { Tensor } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { TfNode, TfTensor } from './messages.js';

/** Values of all constants that hold one value for their whole shape: the file has no bytes for them that would bound their number. */
const MAX_FILLED = 1 << 24;

interface Kind {
  readonly size: number;
  readonly integers: boolean;
  readonly read: (view: DataView, at: number) => number;
  readonly listed: (tensor: TfTensor) => ArrayLike<number>;
}

const half = (view: DataView, at: number) => decodeHalf(view.getUint16(at, true));
/** By the numbers of types.proto. */
const KINDS: Readonly<Record<number, Kind>> = {
  1: { size: 4, integers: false, read: (view, at) => view.getFloat32(at, true), listed: ({ floats }) => floats.values },
  2: { size: 8, integers: false, read: (view, at) => view.getFloat64(at, true), listed: ({ doubles }) => doubles.values },
  3: { size: 4, integers: true, read: (view, at) => view.getInt32(at, true), listed: ({ ints }) => ints.values },
  9: { size: 8, integers: true, read: (view, at) => Number(view.getBigInt64(at, true)), listed: ({ int64s }) => int64s.values },
  10: { size: 1, integers: true, read: (view, at) => view.getUint8(at), listed: ({ flags }) => flags.values },
  19: { size: 2, integers: false, read: half, listed: ({ halves }) => Float64Array.from(halves.values, decodeHalf) },
};

/** Reads the values of a file's constants. */
export class TensorDecoder {
  #filled = 0;

  /**
   * @returns float32 for every kind of fraction, int32 for whole numbers and flags; a view of the file where it can be
   * @throws VisavisError `import-failed` that names the node
   */
  decode(node: TfNode): Tensor {
    const { tensor, shape, size } = headOf(node);
    const { name } = node;
    const kind = KINDS[tensor.type];
    if (!kind)
      throw importFailed(`The constant ${name} has the type ${tensor.type} (of TensorFlow's types.proto), which is not supported.`);
    if (tensor.content.length > 0) return { shape, values: unpack(name, shape, tensor.content, kind, size) };
    return { shape, values: this.#fill(name, shape, kind.listed(tensor), kind, size) };
  }

  /** The last value that is listed stands for all that are missing. */
  #fill(name: string, shape: readonly number[], listed: ArrayLike<number>, kind: Kind, size: number): Float32Array | Int32Array {
    if (listed.length > size)
      throw importFailed(`The constant ${name} lists ${listed.length} values, and its shape is [${shape.join(', ')}].`);
    this.#filled += size - listed.length;
    if (this.#filled > MAX_FILLED) {
      throw importFailed(
        `The constant ${name} is too large: its shape is [${shape.join(', ')}], and the file lists ${listed.length} values.`,
      );
    }
    const values = emptyOf(kind, size);
    for (let i = 0; i < listed.length; i++) values[i] = clamped(listed[i]!, kind);
    return values.fill(listed.length > 0 ? values[listed.length - 1]! : 0, listed.length);
  }
}

/** Refuses constants whose size cannot be true. @throws VisavisError `import-failed` that names the node */
export function headOf({ name, attributes }: TfNode): { tensor: TfTensor; shape: readonly number[]; size: number } {
  const tensor = attributes.get('value')?.tensor;
  if (!tensor) throw importFailed(`The constant ${name} has no value.`);
  const shape = (tensor.shape?.dim ?? []).map(({ size }) => size);
  return { tensor, shape, size: sizeOfShape(name, shape) };
}

function unpack(name: string, shape: readonly number[], bytes: Uint8Array, kind: Kind, size: number): Float32Array | Int32Array {
  if (bytes.length !== size * kind.size) {
    throw importFailed(`The constant ${name} has ${bytes.length} bytes, and its shape [${shape.join(', ')}] wants ${size * kind.size}.`);
  }
  if (kind === KINDS[1]) {
    const { buffer, byteOffset } = byteAligned(bytes);
    return new Float32Array(buffer, byteOffset, size);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values = emptyOf(kind, size);
  for (let i = 0; i < size; i++) values[i] = clamped(kind.read(view, i * kind.size), kind);
  return values;
}

/** The bytes where floats can be looked at: copied if they do not begin at a multiple of four. */
function byteAligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
}

function emptyOf({ integers }: Kind, size: number): Float32Array | Int32Array {
  return integers ? new Int32Array(size) : new Float32Array(size);
}

/** Ends of slices may be the largest 64-bit number. */
function clamped(value: number, { integers }: Kind): number {
  return integers ? Math.min(Math.max(value, -0x8000_0000), 0x7fff_ffff) : value;
}
