import { importFailed } from '../importFailed.js';
import { MAX_AXES, MAX_NODES } from '../limits.js';
import { FlatTable } from './FlatTable.js';
import { OPERATOR_NAMES } from './operatorNames.js';

/** Of schema.fbs' TensorType. */
export const TYPES = ['FLOAT32', 'FLOAT16', 'INT32', 'UINT8', 'INT64', 'STRING', 'BOOL', 'INT16', 'COMPLEX64', 'INT8', 'FLOAT64'] as const;
const MAX_TENSORS = 4 * MAX_NODES;
/** Tensors that one operator reads: those that a concatenation puts side by side. */
const MAX_OPERANDS = 64;

export interface LiteTensor {
  readonly index: number;
  readonly name: string;
  readonly shape: readonly number[];
  /** The shape with −1 for every axis that may have any size, of which `shape` says 1; undefined where it has none. */
  readonly signature: readonly number[] | undefined;
  /** Of `TYPES`, or a number that is not among them. */
  readonly type: string;
  /** The bytes of a constant. */
  readonly data: Uint8Array | undefined;
}

export interface LiteOperator {
  readonly op: string;
  /** Numbers of tensors; −1 for an input that is left out. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** Fields by the operator's table of schema.fbs. */
  readonly options: FlatTable | undefined;
}

/** What a file holds. Tensors and operators are read when they are asked for. */
export class LiteModel {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly operators: readonly LiteOperator[];
  readonly #tensors: readonly FlatTable[];
  readonly #buffers: readonly FlatTable[];
  readonly #read = new Map<number, LiteTensor>();

  /** @throws VisavisError `import-failed`, as every method does */
  constructor(bytes: Uint8Array) {
    const model = FlatTable.root(bytes);
    const version = model.uint32(0);
    if (version !== 3) throw importFailed(`The TensorFlow Lite file has the schema version ${version}, and 3 is expected.`);
    const [graph] = model.tables(2, MAX_NODES);
    if (!graph) throw importFailed('The TensorFlow Lite file has no graph.');
    const codes = model.tables(1, MAX_NODES).map(nameOf);
    this.#buffers = model.tables(4, MAX_TENSORS);
    this.#tensors = graph.tables(0, MAX_TENSORS);
    this.inputs = graph.int32s(1, MAX_OPERANDS) ?? [];
    this.outputs = graph.int32s(2, MAX_OPERANDS) ?? [];
    this.operators = graph.tables(3, MAX_NODES).map((table) => ({
      op: codes[table.uint32(0)] ?? `number ${table.uint32(0)}, which the file does not name`,
      inputs: table.int32s(1, MAX_OPERANDS) ?? [],
      outputs: table.int32s(2, MAX_OPERANDS) ?? [],
      options: table.table(4),
    }));
  }

  tensor(index: number): LiteTensor {
    const tensor = this.#read.get(index) ?? this.#readTensor(index);
    this.#read.set(index, tensor);
    return tensor;
  }

  #readTensor(index: number): LiteTensor {
    const table = this.#tensors[index];
    if (!table) throw importFailed(`The TensorFlow Lite file has no tensor ${index}.`);
    const name = table.text(3) || `tensor ${index}`;
    if (table.has(6)) throw importFailed(`The tensor ${name} is sparse, which is not supported.`);
    const buffer = this.#buffers[table.uint32(2)];
    if (!buffer) throw importFailed(`The tensor ${name} is kept in buffer ${table.uint32(2)}, which does not exist.`);
    if (buffer.has(1))
      throw importFailed(`The tensor ${name} is kept behind the model, as in files of more than 2 GB, which is not supported.`);
    const data = buffer.bytes(0);
    const type = table.int8(1);
    const shape = table.int32s(0, MAX_AXES) ?? [];
    const signature = table.int32s(7, MAX_AXES);
    return { index, name, shape, signature, type: TYPES[type] ?? `type ${type}`, data: data && data.length > 0 ? data : undefined };
  }
}

/** An operator's name; that of a custom one is its author's. */
function nameOf(code: FlatTable): string {
  const number = Math.max(code.int8(0), code.int32(3));
  const name = OPERATOR_NAMES[number] ?? `number ${number}`;
  return name === 'CUSTOM' ? `CUSTOM ${code.text(1)}` : name;
}
