import type { Tensor } from '../../graph/Graph.js';
import type { VisavisError } from '../../shared/VisavisError.js';
import type { GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import { Attributes } from './Attributes.js';
import type { Network } from './Network.js';
import type { OnnxNode } from './OnnxModel.js';
import { shapeOf } from './shapeOf.js';
import { safeName } from './safeName.js';
import type { Constant, Picture, Value, Vector } from './Value.js';

/** A node of the file with its inputs, for the function that translates its operator. */
export class Call {
  readonly op: string;
  /** What new nodes are named after. */
  readonly name: string;
  readonly attributes: Attributes;
  readonly network: Network;
  readonly inputs: readonly (Value | undefined)[];
  readonly #label: string;

  constructor(node: OnnxNode, inputs: readonly (Value | undefined)[], network: Network) {
    this.op = node.op;
    this.#label = labelOf(node);
    this.name = safeName(this.#label);
    this.attributes = new Attributes(node, (sentence) => this.refuse(sentence));
    this.network = network;
    this.inputs = inputs;
  }

  get builder(): GraphBuilder {
    return this.network.builder;
  }

  get opset(): number {
    return this.network.opset;
  }

  /** @param sentence what is wrong, after "The node N (Op) cannot be imported: " */
  refuse(sentence: string): VisavisError {
    return importFailed(`The node ${this.#label} (${this.op}) cannot be imported: ${sentence}.`);
  }

  input(i: number): Value {
    const value = this.inputs[i];
    if (!value) throw this.refuse(`it has no input ${i}`);
    return value;
  }

  /** @param what what the input is called in ONNX */
  constant(i: number, what: string): Constant {
    const value = this.input(i);
    if (value.kind !== 'constant') throw this.refuse(`its ${what} is computed by the network, and has to be a constant`);
    return value;
  }

  optionalConstant(i: number, what: string): Constant | undefined {
    return this.inputs[i] && this.constant(i, what);
  }

  /** Numbers that an input gives in newer versions of the operator, and an attribute of the same name in older ones. */
  integers(i: number, what: string): readonly number[] | undefined {
    const constant = this.optionalConstant(i, what);
    return constant ? Array.from(constant.values) : this.attributes.integers(what);
  }

  /** Channels, rows and columns. */
  picture(i: number): Picture {
    const value = this.input(i);
    if (value.kind === 'picture') return value;
    const [, channels = 0, height = 0, width = 0, ...more] = value.shape;
    if (value.kind !== 'vector' || value.flattened || value.shape.length !== 4 || more.length > 0)
      throw this.refuse(`its input has the shape [${value.shape.join(', ')}], and has to be a picture [batch, channels, height, width]`);
    const node = this.builder.reshape(`${this.name}/picture`, value.node, [1, height, width, channels]);
    return { kind: 'picture', node, channels, height, width, last: false, positive: false };
  }

  /** A vector; a picture of one pixel is one. */
  vector(i: number): Vector {
    const value = this.input(i);
    if (value.kind === 'vector') return value;
    const shape = shapeOf(value, this.network.batch);
    if (value.kind !== 'picture' || value.height * value.width !== 1)
      throw this.refuse(`its input has the shape [${shape.join(', ')}], and has to be a vector [batch, size]`);
    const node = this.builder.reshape(`${this.name}/vector`, value.node, [1, value.channels]);
    return { kind: 'vector', node, size: value.channels, shape };
  }

  /** A weight of the network. @throws VisavisError `import-failed` where it is not finite */
  weight({ name }: Constant, values: ArrayLike<number>, shape: readonly number[]): Tensor {
    const floats = values instanceof Float32Array ? values : Float32Array.from(values);
    if (!floats.every(Number.isFinite)) throw importFailed(`A weight is not a finite number (${name}). The file is damaged.`);
    return { shape, values: floats };
  }
}

/** Nodes need no names; what they make does. */
export function labelOf({ name, outputs, op }: OnnxNode): string {
  return name || outputs.find(Boolean) || op;
}
