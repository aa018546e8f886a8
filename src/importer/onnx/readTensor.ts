import { decodeHalf } from '../../graph/halfFloat.js';
import { importFailed } from '../importFailed.js';
import type { MessageType } from '../protobuf/MessageType.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { TENSOR } from './messages.js';
import type { Constant } from './Value.js';

type TensorMessage = typeof TENSOR extends MessageType<infer T> ? T : never;
type Values = Float32Array | Float64Array;

interface NumberType {
  readonly name: string;
  /** Of one number among raw bytes. */
  readonly bytes: number;
  readonly raw: (view: DataView, at: number) => number;
  /** Where the numbers are, unless they are raw. */
  readonly listed: (tensor: TensorMessage) => Values;
  readonly float: boolean;
}

const integerType = (name: string, bytes: number, raw: NumberType['raw']): NumberType => ({
  name,
  bytes,
  raw,
  listed: ({ integers }) => integers.values,
  float: false,
});

/** ONNX's types by their number. */
const TYPES: Readonly<Record<number, NumberType>> = {
  1: { name: 'float32', bytes: 4, float: true, raw: (view, at) => view.getFloat32(at, true), listed: ({ floats }) => floats.values },
  2: integerType('uint8', 1, (view, at) => view.getUint8(at)),
  3: integerType('int8', 1, (view, at) => view.getInt8(at)),
  4: integerType('uint16', 2, (view, at) => view.getUint16(at, true)),
  5: integerType('int16', 2, (view, at) => view.getInt16(at, true)),
  6: integerType('int32', 4, (view, at) => view.getInt32(at, true)),
  7: {
    ...integerType('int64', 8, (view, at) => Number(view.getBigInt64(at, true))),
    listed: ({ longs }) => longs.values,
  },
  9: integerType('bool', 1, (view, at) => view.getUint8(at)),
  10: {
    name: 'float16',
    bytes: 2,
    float: true,
    raw: (view, at) => decodeHalf(view.getUint16(at, true)),
    listed: ({ integers }) => Float32Array.from(integers.values, (bits) => decodeHalf(bits & 0xffff)),
  },
  11: { name: 'float64', bytes: 8, float: true, raw: (view, at) => view.getFloat64(at, true), listed: ({ doubles }) => doubles.values },
};

/**
 * A tensor of the file. Of float32 that lies well in the file it is a view.
 * @param name what to call it where it has no name
 * @throws VisavisError `import-failed` that names it: where it is kept elsewhere, of a kind that is not read, or not as long as its shape says
 */
export function readTensor(tensor: TensorMessage, name: string): Constant {
  const label = tensor.name || name;
  if (tensor.location === 1) {
    const file = tensor.external.find(({ key }) => key === 'location')?.value ?? 'unknown';
    const way = 'External data is not read: save the model as one file (onnx.save(model, file, save_as_external_data=False)).';
    throw importFailed(`The tensor ${label} is kept in another file (${file}). ${way}`);
  }
  const shape = Array.from(tensor.dims.values);
  const size = sizeOfShape(label, shape);
  const type = Object.hasOwn(TYPES, tensor.type) ? TYPES[tensor.type] : undefined;
  if (!type) throw importFailed(`The tensor ${label} has numbers of ONNX's type ${tensor.type}, which are not read here.`);
  const values = tensor.raw && tensor.raw.length > 0 ? fromBytes(label, shape, tensor.raw, type, size) : type.listed(tensor);
  if (values.length !== size)
    throw importFailed(
      `The tensor ${label} has ${values.length} numbers, and its shape [${shape.join(', ')}] wants ${size}. The file is damaged.`,
    );
  return { kind: 'constant', name: label, shape, values: type.float === values instanceof Float32Array ? values : kindOf(values, type) };
}

function fromBytes(label: string, shape: readonly number[], raw: Uint8Array, type: NumberType, size: number): Values {
  if (raw.length !== size * type.bytes) {
    const wanted = `its shape [${shape.join(', ')}] of ${type.name} wants ${size * type.bytes}`;
    throw importFailed(`The tensor ${label} has ${raw.length} bytes, and ${wanted}. The file is cut off or damaged.`);
  }
  // Typed arrays have the machine's byte order, which is the file's on everything that runs browsers, and cannot begin anywhere.
  if (type.name === 'float32')
    return raw.byteOffset % 4 === 0 ? new Float32Array(raw.buffer, raw.byteOffset, size) : new Float32Array(new Uint8Array(raw).buffer);
  const view = new DataView(raw.buffer, raw.byteOffset, raw.length);
  const values = type.float ? new Float32Array(size) : new Float64Array(size);
  for (let i = 0; i < size; i++) values[i] = type.raw(view, i * type.bytes);
  return values;
}

function kindOf(values: Values, { float }: NumberType): Values {
  return float ? Float32Array.from(values) : Float64Array.from(values);
}
