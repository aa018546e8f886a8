import type { Attribute, Graph, GraphNode, Tensor } from '../graph/Graph.js';
import { importFailed } from './importFailed.js';
import { MAX_MODEL_VALUES, MAX_NODES } from './limits.js';

/** TensorFlow's names, or how many rows and columns are added: [top, bottom, left, right]. */
export type Padding = 'SAME' | 'VALID' | readonly [number, number, number, number];

export interface WindowOptions {
  /** [down, across]; 1 where left out. */
  readonly strides?: readonly [number, number];
  /** [down, across]; 1 where left out. */
  readonly dilations?: readonly [number, number];
  readonly padding: Padding;
}

export interface BatchNormOptions {
  /** Each has one value a channel; ones and zeros where `gamma` or `beta` is left out. */
  readonly gamma?: Tensor;
  readonly beta?: Tensor;
  readonly mean: Tensor;
  readonly variance: Tensor;
  readonly epsilon: number;
}

/**
 * Writes down a network, layer by layer, in TensorFlow's terms. Every method takes names of nodes and gives the name of the one that it has
 * added: the given name without colons, or, where that is taken, the name with a number.
 */
export class GraphBuilder {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #weights = new Map<string, Tensor>();
  /** Where the search for a free name goes on. */
  readonly #counts = new Map<string, number>();
  #values = 0;

  get graph(): Graph {
    return { nodes: this.#nodes, weights: this.#weights };
  }

  has(name: string): boolean {
    return this.#nodes.has(name);
  }

  /** A picture: [1, size, size, 3]. */
  placeholder(name: string, size: number): string {
    return this.add(name, 'Placeholder', [], { dtype: { type: 'DT_FLOAT' }, shape: { shape: [1, size, size, 3] } });
  }

  /** A weight. */
  constant(name: string, tensor: Tensor): string {
    this.#values += tensor.values.length;
    if (this.#values > MAX_MODEL_VALUES)
      throw importFailed(`The weights are too large: more than ${MAX_MODEL_VALUES} values up to ${name}.`);
    const type = tensor.values instanceof Int32Array ? 'DT_INT32' : 'DT_FLOAT';
    const added = this.add(name, 'Const', [], { dtype: { type } });
    this.#weights.set(added, tensor);
    return added;
  }

  /** @param filter [height, width, inputs, outputs] */
  conv(name: string, x: string, filter: Tensor, options: WindowOptions, bias?: Tensor): string {
    return this.#bias(name, this.#window(name, 'Conv2D', x, filter, options), bias);
  }

  /** @param filter [height, width, channels, multiplier] */
  depthwiseConv(name: string, x: string, filter: Tensor, options: WindowOptions, bias?: Tensor): string {
    return this.#bias(name, this.#window(name, 'DepthwiseConv2dNative', x, filter, options), bias);
  }

  /** @param weights [inputs, outputs] */
  dense(name: string, x: string, weights: Tensor, bias?: Tensor): string {
    const matrix = this.constant(`${name}/weights`, weights);
    const product = this.add(name, 'MatMul', [x, matrix], { ...FLOAT, transpose_a: false, transpose_b: false });
    return this.#bias(name, product, bias);
  }

  batchNorm(name: string, x: string, { gamma, beta, mean, variance, epsilon }: BatchNormOptions): string {
    const all = (value: number): Tensor => ({ shape: mean.shape, values: new Float32Array(mean.values.length).fill(value) });
    const inputs = [
      x,
      this.constant(`${name}/gamma`, gamma ?? all(1)),
      this.constant(`${name}/beta`, beta ?? all(0)),
      this.constant(`${name}/mean`, mean),
      this.constant(`${name}/variance`, variance),
    ];
    return this.add(name, 'FusedBatchNormV3', inputs, { ...FLOAT, epsilon: { float: epsilon }, is_training: false, data_format: 'NHWC' });
  }

  relu(name: string, x: string): string {
    return this.add(name, 'Relu', [x], FLOAT);
  }

  relu6(name: string, x: string): string {
    return this.add(name, 'Relu6', [x], FLOAT);
  }

  /** x · relu6(x + 3) / 6. */
  hardSwish(name: string, x: string): string {
    const moved = this.sum(`${name}/moved`, x, this.constant(`${name}/middle`, { shape: [], values: Float32Array.of(3) }));
    return this.product(name, x, this.scale(`${name}/gate`, this.relu6(`${name}/relu6`, moved), 1 / 6));
  }

  /** @param slope [channels] or [1, 1, channels]: what a negative value is multiplied with */
  prelu(name: string, x: string, slope: Tensor): string {
    return this.add(name, 'Prelu', [x, this.constant(`${name}/slope`, slope)], FLOAT);
  }

  sigmoid(name: string, x: string): string {
    return this.add(name, 'Sigmoid', [x], FLOAT);
  }

  /** Rows and columns of zeros. @param rows [top, bottom] @param columns [left, right] */
  pad(name: string, x: string, rows: readonly [number, number], columns: readonly [number, number]): string {
    const paddings = this.constant(`${name}/paddings`, integers([0, 0, ...rows, ...columns, 0, 0], [4, 2]));
    return this.add(name, 'Pad', [x, paddings], { ...FLOAT, Tpaddings: { type: 'DT_INT32' } });
  }

  /** Rows and columns that padding adds never win. @param size [height, width] */
  maxPool(name: string, x: string, size: readonly [number, number], options: Omit<WindowOptions, 'dilations'>): string {
    return this.#pool(name, 'MaxPool', x, size, options);
  }

  /** Rows and columns that padding adds are not counted. @param size [height, width] */
  averagePool(name: string, x: string, size: readonly [number, number], options: Omit<WindowOptions, 'dilations'>): string {
    return this.#pool(name, 'AvgPool', x, size, options);
  }

  /** The mean of each channel: [1, channels], or [1, 1, 1, channels] with `keep`. */
  globalAverage(name: string, x: string, keep = false): string {
    const axes = this.constant(`${name}/axes`, integers([1, 2], [2]));
    return this.add(name, 'Mean', [x, axes], { ...FLOAT, Tidx: { type: 'DT_INT32' }, keep_dims: keep });
  }

  /** Side by side along the last axis. */
  concat(name: string, parts: readonly string[]): string {
    return this.concatAlong(name, parts, this.constant(`${name}/axis`, integers([-1], [])));
  }

  /** Side by side along the axis that a node gives. `N` is not left out: TensorFlow.js would then take two parts, and drop the others. */
  concatAlong(name: string, parts: readonly string[], axis: string): string {
    return this.add(name, 'ConcatV2', [...parts, axis], { ...FLOAT, N: parts.length, Tidx: { type: 'DT_INT32' } });
  }

  sum(name: string, a: string, b: string): string {
    return this.add(name, 'AddV2', [a, b], FLOAT);
  }

  difference(name: string, a: string, b: string): string {
    return this.add(name, 'Sub', [a, b], FLOAT);
  }

  product(name: string, a: string, b: string): string {
    return this.add(name, 'Mul', [a, b], FLOAT);
  }

  scale(name: string, x: string, factor: number): string {
    return this.product(name, x, this.constant(`${name}/factor`, { shape: [], values: Float32Array.of(factor) }));
  }

  /** Row by row, last axis fastest. @param shape one axis may be −1 */
  reshape(name: string, x: string, shape: readonly number[]): string {
    const wanted = this.constant(`${name}/shape`, integers(shape, [shape.length]));
    return this.add(name, 'Reshape', [x, wanted], { ...FLOAT, Tshape: { type: 'DT_INT32' } });
  }

  /** Unit length along the last axis. Not TensorFlow's: the passes take it away at the end of a network, and it may be nowhere else. */
  l2Normalize(name: string, x: string): string {
    return this.add(name, 'L2Normalize', [x], {});
  }

  /** Any other operation. */
  add(name: string, op: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>>): string {
    if (this.#nodes.size >= MAX_NODES) throw importFailed(`The network has more than ${MAX_NODES} nodes, which no face recognizer has.`);
    const missing = inputs.find((input) => !this.#nodes.has(input));
    if (missing !== undefined) throw importFailed(`${missing}, an input of ${name}, is not defined.`);
    const free = this.#free(name);
    this.#nodes.set(free, { name: free, op, inputs, attributes });
    return free;
  }

  #window(name: string, op: string, x: string, filter: Tensor, { strides = [1, 1], dilations = [1, 1], padding }: WindowOptions): string {
    const [padded, rest] = this.#padded(name, x, padding);
    const kernel = this.constant(`${name}/filter`, filter);
    const attributes = { ...FLOAT, strides: [1, ...strides, 1], dilations: [1, ...dilations, 1], padding: rest, data_format: 'NHWC' };
    return this.add(name, op, [padded, kernel], attributes);
  }

  #pool(name: string, op: string, x: string, size: readonly [number, number], { strides = [1, 1], padding }: WindowOptions): string {
    if (typeof padding !== 'string' && padding.some((n) => n > 0)) {
      throw importFailed(`The pooling ${name} pads by [${padding.join(', ')}]: only TensorFlow's SAME and VALID are taken here.`);
    }
    const rest = typeof padding === 'string' ? padding : 'VALID';
    return this.add(name, op, [x], { ...FLOAT, ksize: [1, ...size, 1], strides: [1, ...strides, 1], padding: rest, data_format: 'NHWC' });
  }

  /** Zeros around the picture become a node of their own. */
  #padded(name: string, x: string, padding: Padding): [string, 'SAME' | 'VALID'] {
    if (typeof padding === 'string') return [x, padding];
    const [top, bottom, left, right] = padding;
    if (padding.every((n) => n === 0)) return [x, 'VALID'];
    return [this.pad(`${name}/pad`, x, [top, bottom], [left, right]), 'VALID'];
  }

  #bias(name: string, x: string, bias: Tensor | undefined): string {
    if (!bias) return x;
    return this.add(`${name}/biased`, 'BiasAdd', [x, this.constant(`${name}/bias`, bias)], { ...FLOAT, data_format: 'NHWC' });
  }

  #free(name: string): string {
    // In TensorFlow's graphs a colon numbers the results of a node.
    const plain = name.replaceAll(':', '_');
    let free = plain;
    // Counted on from the last time: a file may give all its layers the same name.
    for (let n = this.#counts.get(name) ?? 2; this.#nodes.has(free); n++) {
      free = `${plain}_${n}`;
      this.#counts.set(name, n + 1);
    }
    return free;
  }
}

const FLOAT = { T: { type: 'DT_FLOAT' } } as const;

function integers(values: readonly number[], shape: readonly number[]): Tensor {
  return { shape, values: Int32Array.from(values) };
}
