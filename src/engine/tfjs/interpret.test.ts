import * as tf from '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Attribute, Graph, Tensor } from '../../graph/Graph.js';
import { interpret } from '../../graph/interpret.js';
import { OPERATIONS } from '../../graph/operations.js';
import { readGraph } from '../../graph/readGraph.js';
import { sizeOf } from '../../graph/sizeOf.js';
import { writeGraph } from '../../graph/writeGraph.js';
import { normalizeL2 } from '../../matching/normalizeL2.js';
import { goldenInput } from '../models/checkGolden.js';
import { DETECTOR_OUTPUTS } from '../FaceDetector.js';
import { MESH_OUTPUTS } from '../FaceMesher.js';
import { digestDifference, goldenDigest } from '../models/goldenDigest.js';
import { goldenPattern } from '../../shared/goldenPattern.js';
import { parseManifest } from '../models/parseManifest.js';

beforeAll(() => tf.setBackend('cpu'));

/** One operation on the input x and weights: the shapes of drawn ones, or the numbers that they are. */
interface Case {
  readonly op: string;
  readonly x: readonly number[];
  readonly weights?: readonly (readonly number[] | Int32Array | Float32Array)[];
  readonly attributes?: Record<string, Attribute>;
  /** Whether x must not be negative. */
  readonly positive?: boolean;
}

const SLIDING = { strides: [1, 2, 2, 1], padding: 'SAME', data_format: 'NHWC', dilations: [1, 1, 1, 1] };
const STEPPING = { ...SLIDING, strides: [1, 1, 1, 1] };
const EXPLICIT = { ...SLIDING, padding: 'EXPLICIT', explicit_paddings: [0, 0, 1, 2, 0, 1, 0, 0] };
const PICTURE = [2, 7, 6, 4];
const KERNEL = [3, 2, 4, 5];
const DEPTHWISE = [3, 3, 4, 1];
const fused = (...names: string[]) => ({ fused_ops: names, num_args: names.includes('Prelu') ? 2 : 1 });
const ints = (...values: number[]) => Int32Array.from(values);

const CASES: Record<string, Case> = {
  'a convolution, SAME': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: SLIDING },
  'a convolution, VALID': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: { ...SLIDING, padding: 'VALID' } },
  'a convolution, explicit padding': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: EXPLICIT },
  'a convolution, stride 1': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: STEPPING },
  'a convolution, two strides': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: { ...SLIDING, strides: [1, 3, 1, 1] } },
  'a convolution, dilated': { op: 'Conv2D', x: PICTURE, weights: [KERNEL], attributes: { ...STEPPING, dilations: [1, 2, 3, 1] } },
  'a convolution with bias': { op: '_FusedConv2D', x: PICTURE, weights: [KERNEL, [5]], attributes: { ...SLIDING, ...fused('BiasAdd') } },
  ...Object.fromEntries(
    ['Relu', 'Relu6', 'Sigmoid'].map((name) => [
      `a convolution with bias and ${name}`,
      { op: '_FusedConv2D', x: PICTURE, weights: [KERNEL, [5]], attributes: { ...SLIDING, ...fused('BiasAdd', name) } },
    ]),
  ),
  'a convolution with bias and Prelu': {
    op: '_FusedConv2D',
    x: PICTURE,
    weights: [KERNEL, [5], [1, 1, 5]],
    attributes: { ...SLIDING, ...fused('BiasAdd', 'Prelu') },
  },
  'a depthwise convolution, SAME': { op: 'DepthwiseConv2dNative', x: PICTURE, weights: [DEPTHWISE], attributes: SLIDING },
  'a depthwise convolution, VALID': {
    op: 'DepthwiseConv2dNative',
    x: PICTURE,
    weights: [DEPTHWISE],
    attributes: { ...STEPPING, padding: 'VALID' },
  },
  'a depthwise convolution with a multiplier': { op: 'DepthwiseConv2dNative', x: PICTURE, weights: [[3, 3, 4, 2]], attributes: SLIDING },
  'a depthwise convolution with bias and Relu6': {
    op: 'FusedDepthwiseConv2dNative',
    x: PICTURE,
    weights: [DEPTHWISE, [4]],
    attributes: { ...SLIDING, ...fused('BiasAdd', 'Relu6') },
  },
  'a depthwise convolution with bias and Prelu': {
    op: 'FusedDepthwiseConv2dNative',
    x: PICTURE,
    weights: [DEPTHWISE, [4], [1, 1, 4]],
    attributes: { ...SLIDING, ...fused('BiasAdd', 'Prelu') },
  },
  'a product': { op: 'MatMul', x: [3, 4], weights: [[4, 5]] },
  'a product, both turned': { op: 'MatMul', x: [4, 3], weights: [[5, 4]], attributes: { transpose_a: true, transpose_b: true } },
  'a product with bias': { op: '_FusedMatMul', x: [3, 4], weights: [[4, 5], [5]], attributes: fused('BiasAdd') },
  'a product with bias and Relu': { op: '_FusedMatMul', x: [3, 4], weights: [[4, 5], [5]], attributes: fused('BiasAdd', 'Relu') },
  'the maximum, SAME': { op: 'MaxPool', x: PICTURE, attributes: { ...SLIDING, ksize: [1, 3, 3, 1] } },
  'the maximum, VALID': { op: 'MaxPool', x: PICTURE, attributes: { ...SLIDING, padding: 'VALID', ksize: [1, 2, 3, 1] } },
  'the average, SAME': { op: 'AvgPool', x: PICTURE, attributes: { ...STEPPING, ksize: [1, 3, 3, 1] } },
  'the average, VALID': { op: 'AvgPool', x: PICTURE, attributes: { ...SLIDING, padding: 'VALID', ksize: [1, 2, 2, 1] } },
  'the mean over height and width': { op: 'Mean', x: PICTURE, weights: [ints(1, 2)], attributes: { keep_dims: false } },
  'the mean over an axis that stays': { op: 'Mean', x: PICTURE, weights: [ints(-1)], attributes: { keep_dims: true } },
  'the sum of rows': { op: 'Sum', x: PICTURE, weights: [ints(1)], attributes: { keep_dims: false } },
  'the largest of a channel': { op: 'Max', x: PICTURE, weights: [ints(1, 2)], attributes: { keep_dims: true } },
  'channels side by side': { op: 'ConcatV2', x: PICTURE, weights: [[2, 7, 6, 3], [2, 7, 6, 1], ints(3)], attributes: { N: 3 } },
  'rows one below the other': { op: 'ConcatV2', x: PICTURE, weights: [[2, 2, 6, 4], ints(-3)], attributes: { N: 2 } },
  padding: { op: 'Pad', x: PICTURE, weights: [ints(0, 1, 2, 0, 0, 0, 0, 3)] },
  'padding with a number': { op: 'PadV2', x: PICTURE, weights: [ints(0, 1, 2, 0, 0, 0, 0, 3), []] },
  'another shape': { op: 'Reshape', x: PICTURE, weights: [ints(6, -1, 7)] },
  'without an axis': { op: 'Squeeze', x: [2, 1, 6, 1], attributes: { squeeze_dims: [1] } },
  'without any axis of one': { op: 'Squeeze', x: [2, 1, 6, 1], attributes: { squeeze_dims: [] } },
  'with one axis more': { op: 'ExpandDims', x: PICTURE, weights: [ints(-2)] },
  'axes in another order': { op: 'Transpose', x: PICTURE, weights: [ints(0, 3, 1, 2)] },
  'the same': { op: 'Identity', x: PICTURE },
  'a sum': { op: 'AddV2', x: PICTURE, weights: [PICTURE] },
  'a sum with one value for each channel': { op: 'Add', x: PICTURE, weights: [[4]] },
  'a sum with one column': { op: 'AddV2', x: [1, 7, 1, 4], weights: [[2, 1, 6, 4]] },
  'a bias': { op: 'BiasAdd', x: PICTURE, weights: [[4]] },
  'a product of values': { op: 'Mul', x: PICTURE, weights: [[7, 1, 4]] },
  'a difference': { op: 'Sub', x: PICTURE, weights: [[4]] },
  'a quotient': { op: 'RealDiv', x: PICTURE, weights: [[7, 1, 1]] },
  'the larger': { op: 'Maximum', x: PICTURE, weights: [[]] },
  'the smaller': { op: 'Minimum', x: PICTURE, weights: [[4]] },
  'a power': { op: 'Pow', x: PICTURE, weights: [ints(2)] },
  'a batch norm': {
    op: 'FusedBatchNormV3',
    x: PICTURE,
    weights: [[4], [4], [4], Float32Array.of(0.1, 1, 2, 3)],
    attributes: { epsilon: { float: 0.01 }, is_training: false },
  },
  LeakyRelu: { op: 'LeakyRelu', x: PICTURE, attributes: { alpha: { float: 0.1 } } },
  Elu: { op: 'Elu', x: PICTURE },
  Tanh: { op: 'Tanh', x: PICTURE },
  Abs: { op: 'Abs', x: PICTURE },
  Neg: { op: 'Neg', x: PICTURE },
  Square: { op: 'Square', x: PICTURE },
  Sqrt: { op: 'Sqrt', x: PICTURE, positive: true },
  Rsqrt: { op: 'Rsqrt', x: PICTURE, positive: true },
  Exp: { op: 'Exp', x: PICTURE },
  Relu: { op: 'Relu', x: PICTURE },
  Relu6: { op: 'Relu6', x: PICTURE },
  Prelu: { op: 'Prelu', x: PICTURE, weights: [[1, 1, 4]] },
  Sigmoid: { op: 'Sigmoid', x: PICTURE },
  Softmax: { op: 'Softmax', x: [3, 5] },
};

/** The same numbers every time, from −1 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_824 - 1;
}

function graphOf({ op, x, weights = [], attributes = {} }: Case, random: () => number): Graph {
  const tensors = weights.map((weight, i): [string, Tensor] => {
    if (weight instanceof Int32Array) return [`w${i}`, { shape: integerShape(op, weight), values: weight }];
    if (weight instanceof Float32Array) return [`w${i}`, { shape: [weight.length], values: weight }];
    return [`w${i}`, { shape: weight, values: Float32Array.from({ length: sizeOf(weight) }, random) }];
  });
  const names = tensors.map(([name]) => name);
  const nodes = [
    { name: 'x', op: 'Placeholder', inputs: [], attributes: { dtype: { type: 'DT_FLOAT' }, shape: { shape: x.map(() => -1) } } },
    ...tensors.map(([name, { values }]) => ({
      name,
      op: 'Const',
      inputs: [],
      attributes: { dtype: { type: values instanceof Int32Array ? 'DT_INT32' : 'DT_FLOAT' } },
    })),
    { name: 'y', op, inputs: ['x', ...names], attributes },
  ];
  return { nodes: new Map(nodes.map((node) => [node.name, node])), weights: new Map(tensors) };
}

function integerShape(op: string, { length }: Int32Array): number[] {
  if (op.startsWith('Pad')) return [length / 2, 2];
  return op === 'ConcatV2' ? [] : [length];
}

/** What TensorFlow.js computes, from the files that are written of the graph. */
function theirs(graph: Graph, x: Tensor, outputs: string[]): Tensor[] {
  const { modelJson, weights } = writeGraph(graph);
  const model = tf.loadGraphModelSync([modelJson as unknown as tf.io.ModelJSON, Uint8Array.from(weights).buffer]);
  return tf.tidy(() => {
    const results = model.execute(tf.tensor(x.values, [...x.shape], 'float32'), outputs);
    return [results].flat().map((result) => ({ shape: result.shape, values: result.dataSync() as Float32Array }));
  });
}

/** The largest difference, as a share of the largest value. */
function gapOf({ values }: Tensor, expected: Tensor): number {
  const largest = (list: ArrayLike<number>) => Array.from(list).reduce((max, v) => Math.max(max, Math.abs(v)), 0);
  return largest(Array.from(values, (v, i) => v - expected.values[i])) / largest(expected.values);
}

describe('the interpreter computes what TensorFlow.js computes on its cpu backend', () => {
  it.each(Object.entries(CASES))('%s', (_, each) => {
    for (const seed of [1, 2, 3]) {
      const random = drawing(seed);
      const graph = graphOf(each, random);
      // Beyond 6 too.
      const x = {
        shape: each.x,
        values: Float32Array.from({ length: sizeOf(each.x) }, () => (each.positive ? 4.5 * (random() + 1) : 9 * random())),
      };
      const [mine] = interpret(graph, { x }, ['y']);
      const [expected] = theirs(graph, x, ['y']);
      expect(mine.shape).toEqual(expected.shape);
      expect(mine.values).toHaveLength(expected.values.length);
      expect(gapOf(mine, expected)).toBeLessThan(1e-6);
    }
  });

  it('for every operation', () => {
    const cases = [...new Set(Object.values(CASES).map(({ op }) => op)), 'L2Normalize'];
    expect(cases.sort()).toEqual(Object.keys(OPERATIONS).sort());
  });

  it('but for scaling to unit length, which it has not', () => {
    const nodes = [
      { name: 'x', op: 'Placeholder', inputs: [], attributes: {} },
      { name: 'y', op: 'L2Normalize', inputs: ['x'], attributes: {} },
    ];
    const x = { shape: [2, 2], values: Float32Array.of(3, 4, -0.6, 0.8) };
    const [{ values }] = interpret({ nodes: new Map(nodes.map((node) => [node.name, node])), weights: new Map() }, { x }, ['y']);
    expect(gapOf({ shape: [2, 2], values }, { shape: [2, 2], values: Float32Array.of(0.6, 0.8, -0.6, 0.8) })).toBeLessThan(1e-6);
  });
});

describe('the interpreter runs the shipped', () => {
  const file = (id: string, name: string) => readFileSync(new URL(`../../../public/models/${id}/${name}`, import.meta.url));
  const shipped = (id: string) => readGraph({ modelJson: file(id, 'model.json').toString(), weights: file(id, 'weights.bin') });
  const pattern = (size: number) => ({ shape: [1, size, size, 3], values: goldenPattern(size) });
  const placeholderOf = ({ nodes }: Graph) => [...nodes.values()].find(({ op }) => op === 'Placeholder')!.name;

  it.each(['mobilenet-160', 'inception-160'])(
    '%s: PyTorch’s golden embedding comes out',
    (id) => {
      const { golden } = parseManifest(file(id, 'manifest.json').toString(), 'manifest.json').embedder!;
      const graph = shipped(id);
      const [output] = interpret(graph, { [placeholderOf(graph)]: pattern(160) }, ['embedding']);
      const expected = normalizeL2(golden.embedding);
      const cosine = normalizeL2(output.values as Float32Array).reduce((sum, v, i) => sum + v * expected[i], 0);
      expect(cosine).toBeGreaterThan(0.99999);
    },
    120_000,
  );

  it.each([
    ['blazeface-256', 256, DETECTOR_OUTPUTS],
    ['facemesh-192', 192, MESH_OUTPUTS],
  ] as const)(
    '%s as TensorFlow.js does, and as its manifest says',
    (id, size, outputs) => {
      const graph = shipped(id);
      const manifest = parseManifest(file(id, 'manifest.json').toString(), 'manifest.json');
      const x = { shape: [1, size, size, 3], values: goldenInput(manifest) };
      const mine = interpret(graph, { [placeholderOf(graph)]: x }, outputs);
      theirs(graph, x, [...outputs]).forEach((expected, i) => {
        expect(mine[i].shape).toEqual(expected.shape);
        expect(gapOf(mine[i], expected), outputs[i]).toBeLessThan(2e-5);
        const digest = goldenDigest(mine[i].values as Float32Array);
        expect(digestDifference(digest, manifest.golden!.outputs[outputs[i]])).toBeLessThan(1e-6);
      });
    },
    120_000,
  );
});
