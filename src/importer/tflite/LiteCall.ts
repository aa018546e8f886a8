import type { Tensor } from '../../graph/Graph.js';
import type { GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import type { ConstantDecoder } from './ConstantDecoder.js';
import type { LiteGraph } from './LiteGraph.js';
import type { LiteOperator, LiteTensor } from './LiteModel.js';

/** One operator that is being written down. Every method throws VisavisError `import-failed` that names the operator. */
export class LiteCall {
  /** What the result is called. */
  readonly name: string;

  /** @param names of results that have been written, by their tensors' numbers */
  constructor(
    readonly operator: LiteOperator,
    readonly builder: GraphBuilder,
    private readonly graph: LiteGraph,
    private readonly decoder: ConstantDecoder,
    private readonly names: ReadonlyMap<number, string>,
  ) {
    this.name = graph.result(operator).name;
  }

  get options() {
    return this.operator.options;
  }

  /** How many inputs are given. */
  get count(): number {
    return this.operator.inputs.length;
  }

  result(): LiteTensor {
    return this.graph.result(this.operator);
  }

  tensor(i: number): LiteTensor {
    return this.graph.tensor(this.#index(i));
  }

  /** The name of an input in the written graph; a constant is written down. */
  input(i: number): string {
    const name = this.names.get(this.#index(i));
    if (name !== undefined) return name;
    const constant = this.constant(i);
    if (!constant) throw this.fault(`reads ${this.tensor(i).name}, which nothing computes`);
    return this.builder.constant(`${this.name}/input${i}`, constant);
  }

  /** An input that is a constant. */
  constant(i: number): Tensor | undefined {
    const index = this.operator.inputs[i] ?? -1;
    const tensor = index < 0 ? undefined : this.graph.constant(index);
    return tensor && this.decoder.decode(tensor);
  }

  /** An input that must be one. */
  weights(i: number): Tensor {
    const constant = this.constant(i);
    if (!constant) throw this.fault(`has an input ${i + 1} that is computed, and a constant is expected`);
    return constant;
  }

  /** The result of another name, followed by the activation that the operator has built in. @param field of the options that tells which */
  activated(x: string, field: number): string {
    const name = `${this.name}/activation`;
    const kind = this.options?.int8(field) ?? 0;
    if (kind === 0) return x;
    if (kind === 1) return this.builder.relu(name, x);
    if (kind === 3) return this.builder.relu6(name, x);
    if (kind === 4) return this.builder.add(name, 'Tanh', [x], { T: { type: 'DT_FLOAT' } });
    throw this.fault(`has the built-in activation ${kind}, which is not supported`);
  }

  fault(what: string): Error {
    return importFailed(`The operator ${this.operator.op} that computes ${this.name} ${what}.`);
  }

  #index(i: number): number {
    const index = this.operator.inputs[i] ?? -1;
    if (index < 0) throw this.fault(`has no input ${i + 1}`);
    return index;
  }
}
