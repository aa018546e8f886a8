import type { Tensor } from '../../graph/Graph.js';
import type { BatchNormOptions, GraphBuilder } from '../GraphBuilder.js';
import { importFailed } from '../importFailed.js';
import type { Part, WeightSource } from './WeightSource.js';

type Pair = readonly [down: number, across: number];

export interface LayerOptions {
  /** How many outputs the published network has here; a file may have others. */
  readonly width: number;
  /** What follows: a batch norm, a bias, or nothing. */
  readonly then: 'norm' | 'bias' | 'nothing';
  readonly activation?: 'relu' | 'relu6';
}

export interface WindowedOptions extends Omit<LayerOptions, 'width'> {
  /** [height, width] of the window. */
  readonly size: Pair;
  /** Both ways; 1 where left out. */
  readonly stride?: number;
  /** SAME where left out. */
  readonly padding?: 'SAME' | 'VALID';
}

export interface ConvOptions extends WindowedOptions {
  readonly width: number;
  /** Whether there are as many outputs as inputs in every network of this kind. */
  readonly keepsWidth?: boolean;
}

/** Of every batch norm of the FaceNet family. */
const EPSILON = 1e-3;

/** Writes the layers of an architecture, with weights from any source. Every method gives the name of the node that it has added. */
export class LayerWriter {
  readonly #builder: GraphBuilder;
  readonly #source: WeightSource;
  /** [height, width, channels] or [values] of every node. */
  readonly #shapes = new Map<string, readonly number[]>();

  constructor(builder: GraphBuilder, source: WeightSource) {
    this.#builder = builder;
    this.#source = source;
  }

  /** Whether the network has the layer. @param usual whether the published one has */
  has(layer: string, usual: boolean): boolean {
    return this.#source.has(layer, usual);
  }

  shapeOf(node: string): readonly number[] {
    const shape = this.#shapes.get(node);
    if (!shape) throw new Error(`expected a node of this writer, got ${node}`);
    return shape;
  }

  input(name: string, size: number): string {
    return this.#shaped(this.#builder.placeholder(name, size), [size, size, 3]);
  }

  conv(layer: string, x: string, { size, width, stride = 1, padding = 'SAME', keepsWidth, then, activation }: ConvOptions): string {
    const [high, wide, inputs] = this.#picture(x);
    const filter = this.#take(layer, 'filter', [...size, inputs, width], [...size, inputs, keepsWidth ? inputs : null]);
    const name = this.#source.nameOf(layer, 'filter').layer;
    const places = this.#places(name, [high, wide], size, stride, padding);
    const node = this.#builder.conv(name, x, filter, { strides: [stride, stride], padding });
    return this.#finish(layer, this.#shaped(node, [...places, filter.shape[3]!]), then, activation);
  }

  depthwise(layer: string, x: string, { size, stride = 1, padding = 'SAME', then, activation }: WindowedOptions): string {
    const [high, wide, channels] = this.#picture(x);
    const filter = this.#take(layer, 'depthwise', [...size, channels, 1], [...size, channels, 1]);
    const name = this.#source.nameOf(layer, 'depthwise').layer;
    const places = this.#places(name, [high, wide], size, stride, padding);
    const node = this.#builder.depthwiseConv(name, x, filter, { strides: [stride, stride], padding });
    return this.#finish(layer, this.#shaped(node, [...places, channels]), then, activation);
  }

  dense(layer: string, x: string, { width, then, activation }: LayerOptions): string {
    const [inputs] = this.shapeOf(x);
    const weights = this.#take(layer, 'weights', [inputs!, width], [inputs!, null]);
    const node = this.#builder.dense(this.#source.nameOf(layer, 'weights').layer, x, weights);
    return this.#finish(layer, this.#shaped(node, [weights.shape[1]!]), then, activation);
  }

  maxPool(name: string, x: string, size: number, stride: number, padding: 'SAME' | 'VALID'): string {
    const [high, wide, channels] = this.#picture(x);
    const places = this.#places(name, [high, wide], [size, size], stride, padding);
    return this.#shaped(this.#builder.maxPool(name, x, [size, size], { strides: [stride, stride], padding }), [...places, channels]);
  }

  /** Rows and columns that SAME adds are not counted. */
  averagePool(name: string, x: string, size: number, stride: number, padding: 'SAME' | 'VALID'): string {
    const [high, wide, channels] = this.#picture(x);
    const places = this.#places(name, [high, wide], [size, size], stride, padding);
    return this.#shaped(this.#builder.averagePool(name, x, [size, size], { strides: [stride, stride], padding }), [...places, channels]);
  }

  /** The mean of each channel. */
  globalAverage(name: string, x: string): string {
    return this.#shaped(this.#builder.globalAverage(name, x), [this.#picture(x)[2]]);
  }

  flatten(name: string, x: string): string {
    const size = this.#picture(x).reduce((product, n) => product * n, 1);
    return this.#shaped(this.#builder.reshape(name, x, [1, size]), [size]);
  }

  concat(name: string, parts: readonly string[]): string {
    const [high, wide] = this.#picture(parts[0]!);
    const channels = parts.reduce((sum, part) => sum + this.#picture(part)[2], 0);
    return this.#shaped(this.#builder.concat(name, parts), [high, wide, channels]);
  }

  /** x + factor · y. */
  residual(name: string, x: string, y: string, factor: number): string {
    const [to, from] = [this.shapeOf(x), this.shapeOf(y)];
    if (to.join() !== from.join())
      throw importFailed(`${name} adds [${from.join(', ')}] to [${to.join(', ')}]: the widths do not fit together.`);
    const scaled = factor === 1 ? y : this.#builder.scale(`${name}/scaled`, y, factor);
    return this.#shaped(this.#builder.sum(name, x, scaled), to);
  }

  /** The larger of two values, place by place (maxout): a + relu(b − a). */
  larger(name: string, a: string, b: string): string {
    const shape = this.shapeOf(a);
    if (shape.join() !== this.shapeOf(b).join())
      throw importFailed(`${name} compares [${shape.join(', ')}] with [${this.shapeOf(b).join(', ')}].`);
    const more = this.#builder.relu(`${name}/relu`, this.#builder.difference(`${name}/difference`, b, a));
    return this.#shaped(this.#builder.sum(name, a, more), shape);
  }

  relu(name: string, x: string): string {
    return this.#shaped(this.#builder.relu(name, x), this.shapeOf(x));
  }

  /** What follows a weighted layer. */
  #finish(layer: string, x: string, then: LayerOptions['then'], activation: LayerOptions['activation']): string {
    const shape = this.shapeOf(x);
    const width = shape.at(-1)!;
    const bias = this.#vector(layer, 'bias', width, then === 'bias');
    let node = x;
    if (bias) {
      const name = this.#source.nameOf(layer, 'bias').tensor;
      node = this.#builder.add(`${name}/biased`, 'BiasAdd', [node, this.#builder.constant(name, bias)], { T: { type: 'DT_FLOAT' } });
    }
    if (then === 'norm') node = this.#norm(layer, node, width);
    if (activation) node = this.#builder[activation](`${node}/${activation}`, node);
    return this.#shaped(node, shape);
  }

  #norm(layer: string, x: string, width: number): string {
    const mean = this.#needed(layer, 'mean', this.#vector(layer, 'mean', width, true));
    const variance = this.#needed(layer, 'variance', this.#vector(layer, 'variance', width, true));
    const bad = variance.values.findIndex((value) => value + EPSILON <= 0);
    if (bad >= 0) {
      const { tensor } = this.#source.nameOf(layer, 'variance');
      throw importFailed(`The tensor ${tensor} has a negative variance, ${variance.values[bad]}, at place ${bad}.`);
    }
    const gamma = this.#vector(layer, 'gamma', width, true);
    const beta = this.#vector(layer, 'beta', width, true);
    const options: BatchNormOptions = { mean, variance, epsilon: EPSILON, ...(gamma && { gamma }), ...(beta && { beta }) };
    return this.#builder.batchNorm(this.#source.nameOf(layer, 'mean').layer, x, options);
  }

  /** A tensor with one value a channel. @param usual whether the published network has it */
  #vector(layer: string, part: Part, width: number, usual: boolean): Tensor | undefined {
    const tensor = this.#source.find(layer, part, usual ? [width] : undefined);
    if (tensor) this.#check(layer, part, tensor, [width]);
    return tensor;
  }

  /** @param wanted null for any number */
  #take(layer: string, part: Part, usual: readonly number[], wanted: readonly (number | null)[]): Tensor {
    const tensor = this.#needed(layer, part, this.#source.find(layer, part, usual));
    this.#check(layer, part, tensor, wanted);
    return tensor;
  }

  #needed(layer: string, part: Part, tensor: Tensor | undefined): Tensor {
    if (tensor) return tensor;
    throw importFailed(`The tensor ${this.#source.nameOf(layer, part).tensor} is missing: the network is not whole, or not of this kind.`);
  }

  #check(layer: string, part: Part, { shape }: Tensor, wanted: readonly (number | null)[]): void {
    const fits = shape.length === wanted.length && shape.every((n, axis) => n > 0 && (wanted[axis] === null || wanted[axis] === n));
    if (fits) return;
    const list = wanted.map((n) => n ?? 'any').join(', ');
    const order = ORDER[part] ? ` (${ORDER[part]})` : '';
    throw importFailed(
      `The tensor ${this.#source.nameOf(layer, part).tensor} has the shape [${shape.join(', ')}], wanted [${list}]${order} at its place.`,
    );
  }

  #picture(node: string): readonly [number, number, number] {
    const [high, wide, channels] = this.shapeOf(node);
    if (high === undefined || wide === undefined || channels === undefined) throw new Error(`expected a picture, got ${node}`);
    return [high, wide, channels];
  }

  #places(name: string, picture: Pair, size: Pair, stride: number, padding: 'SAME' | 'VALID'): [number, number] {
    const along = (axis: 0 | 1) => Math.ceil((picture[axis] - (padding === 'SAME' ? 0 : size[axis] - 1)) / stride);
    const places: [number, number] = [along(0), along(1)];
    if (places.some((n) => n < 1)) throw importFailed(`The input is too small for this network: nothing is left at ${name}.`);
    return places;
  }

  #shaped(node: string, shape: readonly number[]): string {
    this.#shapes.set(node, shape);
    return node;
  }
}

const ORDER: Partial<Record<Part, string>> = {
  filter: 'height, width, inputs, outputs',
  depthwise: 'height, width, channels, multiplier',
  weights: 'inputs, outputs',
};
