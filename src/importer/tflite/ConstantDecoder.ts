import { decodeHalf } from '../../graph/halfFloat.js';
import type { Tensor } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { LiteTensor } from './LiteModel.js';

interface Kind {
  readonly size: number;
  readonly decode: (bytes: Uint8Array, length: number) => Float32Array | Int32Array;
}

const viewOf = ({ buffer, byteOffset, length }: Uint8Array) => new DataView(buffer, byteOffset, length);
const KINDS: Readonly<Record<string, Kind>> = {
  FLOAT32: {
    size: 4,
    decode(bytes, length) {
      const { buffer, byteOffset } = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
      return new Float32Array(buffer, byteOffset, length);
    },
  },
  FLOAT16: {
    size: 2,
    decode(bytes, length) {
      const view = viewOf(bytes);
      return Float32Array.from({ length }, (_, i) => decodeHalf(view.getUint16(2 * i, true)));
    },
  },
  INT32: {
    size: 4,
    decode(bytes, length) {
      const view = viewOf(bytes);
      return Int32Array.from({ length }, (_, i) => view.getInt32(4 * i, true));
    },
  },
  INT64: {
    size: 8,
    decode(bytes, length) {
      const view = viewOf(bytes);
      return Int32Array.from({ length }, (_, i) => Number(BigInt.asIntN(32, view.getBigInt64(8 * i, true))));
    },
  },
};

/** Reads the values of a file's constants. Of them all there can be no more than the file has bytes, though many may share the same. */
export class ConstantDecoder {
  #left: number;

  constructor(bytes: number) {
    this.#left = bytes;
  }

  /**
   * @returns float32, a view of the file where it can be; int32 for whole numbers
   * @throws VisavisError `import-failed` that names the tensor
   */
  decode({ name, shape, type, data }: LiteTensor): Tensor {
    const kind = KINDS[type];
    if (!kind) throw quantized(name, type);
    const length = sizeOfShape(name, shape);
    if (data?.length !== length * kind.size) {
      const wanted = `its shape [${shape.join(', ')}] of ${type} wants ${length * kind.size}`;
      throw importFailed(`The tensor ${name} has ${data?.length ?? 0} bytes, and ${wanted}.`);
    }
    this.#left -= length;
    if (this.#left < 0)
      throw importFailed(`The constants up to ${name} have more values than the file has bytes: many share the same bytes.`);
    return { shape, values: kind.decode(data, length) };
  }
}

/** What a tensor is refused with that holds no fractions. */
export function quantized(name: string, type: string): Error {
  return importFailed(`The tensor ${name} holds ${type}: quantized networks are not supported. Convert the network to float32 or float16.`);
}
