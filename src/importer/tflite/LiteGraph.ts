import { importFailed } from '../importFailed.js';
import { quantized } from './ConstantDecoder.js';
import type { LiteModel, LiteOperator, LiteTensor } from './LiteModel.js';

/** Who computes what. */
export class LiteGraph {
  readonly #model: LiteModel;
  readonly #makers = new Map<number, LiteOperator>();
  readonly #reads = new Map<LiteOperator, readonly number[]>();

  constructor(model: LiteModel) {
    this.#model = model;
    for (const operator of model.operators) for (const output of operator.outputs) this.#makers.set(output, operator);
  }

  tensor(index: number): LiteTensor {
    return this.#model.tensor(index);
  }

  maker(index: number): LiteOperator | undefined {
    return this.#makers.get(index);
  }

  /** What an operator computes. @throws VisavisError `import-failed` if it is not one tensor */
  result({ op, outputs }: LiteOperator): LiteTensor {
    const [output, ...others] = outputs;
    if (output === undefined || others.length > 0) {
      throw importFailed(`An operator ${op} computes ${outputs.length} tensors: only one is supported.`);
    }
    return this.tensor(output);
  }

  /** The tensor that holds a constant: the one that is meant, or the float16 one that a DEQUANTIZE makes float32 of. */
  constant(index: number): LiteTensor | undefined {
    const tensor = this.tensor(index);
    if (tensor.data) return tensor;
    const maker = this.maker(index);
    const stored = maker?.op === 'DEQUANTIZE' && maker.inputs.length === 1 ? this.tensor(maker.inputs[0]!) : undefined;
    if (!stored?.data) return undefined;
    if (stored.type !== 'FLOAT16') throw quantized(stored.name, stored.type);
    return stored;
  }

  /** The tensors that an operator reads while it runs. */
  reads(operator: LiteOperator): readonly number[] {
    const { op, inputs } = operator;
    const known = this.#reads.get(operator);
    if (known) return known;
    // The shape of a reshape may be computed from another: it stands in the result too.
    const read = op === 'RESHAPE' ? inputs.slice(0, 1) : inputs;
    const reads = read.filter((index) => index >= 0 && !this.constant(index));
    this.#reads.set(operator, reads);
    return reads;
  }
}
