import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GuardedKernels } from '../../../e2e/fixtures/GuardedKernels.js';
import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import { interpret } from '../../graph/interpret.js';
import { sizeOf } from '../../graph/sizeOf.js';
import { largestOf } from '../fixtures/graphCases.js';
import { planGraph } from './planGraph.js';

const POINT = { strides: [1, 1, 1, 1], padding: 'SAME' };
const FUSED = { ...POINT, fused_ops: ['BiasAdd', 'Prelu'], num_args: 2 };

/** Zeros above, below, to the left and right, and behind the channels. */
const PADS = (top: number, bottom: number, left: number, right: number, channels: number) =>
  Int32Array.of(0, 0, top, bottom, left, right, 0, channels);

/** Weights are shapes, or integers. */
interface Case {
  readonly nodes: readonly Partial<GraphNode>[];
  readonly weights: Readonly<Record<string, readonly number[] | Int32Array>>;
  readonly size?: number;
  readonly outputs: readonly string[];
}

/** Graphs that earlier planners got wrong: other values, stale memory, or an error where there is no fault; or left to TensorFlow.js. */
const CASES: Record<string, Case> = {
  'an activation behind another name of a convolution that is read twice': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'i', op: 'Identity', inputs: ['c'] },
      { name: 'r', op: 'Relu', inputs: ['i'] },
    ],
    weights: { w: [1, 1, 3, 8] },
    outputs: ['c', 'r'],
  },
  'a sum behind another name of a convolution that is read twice': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'd', op: 'Conv2D', inputs: ['x', 'v'], attributes: POINT },
      { name: 'i', op: 'Identity', inputs: ['c'] },
      { name: 's', op: 'AddV2', inputs: ['i', 'd'] },
    ],
    weights: { w: [1, 1, 3, 8], v: [1, 1, 3, 8] },
    outputs: ['s', 'c'],
  },
  'slopes of a depthwise convolution in front of a narrower one': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'd', op: 'FusedDepthwiseConv2dNative', inputs: ['c', 'v', 'b', 'p'], attributes: FUSED },
      { name: 'e', op: 'Conv2D', inputs: ['d', 'u'], attributes: POINT },
    ],
    weights: { w: [1, 1, 3, 16], v: [3, 3, 16, 1], b: [16], p: [16], u: [1, 1, 16, 8] },
    size: 16,
    outputs: ['e'],
  },
  'a convolution of a value in another shape': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 's', op: 'Reshape', inputs: ['c', 'shape'] },
      { name: 'q', op: 'Conv2D', inputs: ['s', 'v'], attributes: POINT },
    ],
    weights: { w: [1, 1, 3, 8], v: [3, 3, 8, 4], shape: Int32Array.of(1, 16, 4, 8) },
    outputs: ['q'],
  },
  'a product with all values of a picture': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 's', op: 'Reshape', inputs: ['c', 'shape'] },
      { name: 'm', op: 'MatMul', inputs: ['s', 'v'] },
    ],
    weights: { w: [1, 1, 3, 8], v: [512, 12], shape: Int32Array.of(1, -1) },
    outputs: ['m'],
  },
  'a depthwise convolution whose values a 1×1 convolution reads in another shape': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'd', op: 'DepthwiseConv2dNative', inputs: ['c', 'v'], attributes: POINT },
      { name: 's', op: 'Reshape', inputs: ['d', 'shape'] },
      { name: 'q', op: 'Conv2D', inputs: ['s', 'u'], attributes: POINT },
    ],
    weights: { w: [1, 1, 3, 8], v: [3, 3, 8, 1], u: [1, 1, 4, 4], shape: Int32Array.of(1, 16, 32, 4) },
    size: 16,
    outputs: ['q'],
  },
  'a block of Inception-ResNet: 1×7, 7×1, and a residual that is scaled before it is added and activated': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'a', op: '_FusedConv2D', inputs: ['c', 'v', 'b'], attributes: { ...POINT, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 } },
      { name: 'd', op: '_FusedConv2D', inputs: ['a', 'u', 'b'], attributes: { ...POINT, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 } },
      { name: 'both', op: 'ConcatV2', inputs: ['a', 'd', 'axis'] },
      { name: 'up', op: 'Conv2D', inputs: ['both', 't'], attributes: POINT },
      { name: 'scaled', op: 'Mul', inputs: ['up', 'scale'] },
      { name: 's', op: 'AddV2', inputs: ['c', 'scaled'] },
      { name: 'r', op: 'Relu', inputs: ['s'] },
    ],
    weights: { w: [1, 1, 3, 16], v: [1, 7, 16, 8], u: [7, 1, 8, 8], b: [8], t: [1, 1, 16, 16], scale: [], axis: Int32Array.of(3) },
    size: 9,
    outputs: ['r'],
  },
  'sums that no convolution takes in: of a value with itself, and of an activation, with fewer channels on one side': {
    nodes: [
      { name: 'twice', op: 'AddV2', inputs: ['x', 'x'] },
      { name: 'c', op: '_FusedConv2D', inputs: ['twice', 'w', 'b'], attributes: { ...POINT, fused_ops: ['BiasAdd', 'Relu'], num_args: 1 } },
      { name: 'wide', op: 'Pad', inputs: ['x', 'more'] },
      { name: 's', op: 'AddV2', inputs: ['wide', 'c'] },
      { name: 'r', op: 'Prelu', inputs: ['s', 'p'] },
    ],
    weights: { w: [1, 1, 3, 7], b: [7], p: [7], more: PADS(0, 0, 0, 0, 4) },
    outputs: ['r', 'twice'],
  },
  'a block of IResNet: factors and addends that stay before padding, PReLU, stride 2, and a shortcut with a batch norm of its own': {
    nodes: [
      { name: 'c', op: '_FusedConv2D', inputs: ['x', 'w', 'b', 'p'], attributes: FUSED },
      { name: 'scaled', op: 'Mul', inputs: ['c', 'factor'] },
      { name: 'shifted', op: 'AddV2', inputs: ['scaled', 'addend'] },
      { name: 'p1', op: 'Pad', inputs: ['shifted', 'around'] },
      { name: 'a', op: '_FusedConv2D', inputs: ['p1', 'v', 'b', 'p'], attributes: { ...FUSED, padding: 'VALID' } },
      { name: 'p2', op: 'Pad', inputs: ['a', 'around'] },
      { name: 'd', op: 'Conv2D', inputs: ['p2', 'u'], attributes: { strides: [1, 2, 2, 1], padding: 'VALID' } },
      { name: 'short', op: 'Conv2D', inputs: ['c', 't'], attributes: { strides: [1, 2, 2, 1], padding: 'VALID' } },
      { name: 's', op: 'AddV2', inputs: ['d', 'short'] },
      { name: 'e', op: 'Mul', inputs: ['s', 'factor'] },
      { name: 's2', op: 'AddV2', inputs: ['e', 's'] },
    ],
    weights: {
      w: [3, 3, 3, 12],
      b: [12],
      p: [12],
      factor: [12],
      addend: [12],
      around: PADS(1, 1, 1, 1, 0),
      v: [3, 3, 12, 12],
      u: [3, 3, 12, 12],
      t: [1, 1, 12, 12],
    },
    size: 10,
    outputs: ['s2'],
  },
  'zeros around a picture for pooling and a 1×1 convolution, and odd channels': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'p', op: 'Pad', inputs: ['c', 'around'] },
      { name: 'm', op: 'MaxPool', inputs: ['p'], attributes: { ksize: [1, 3, 3, 1], strides: [1, 2, 2, 1], padding: 'VALID' } },
      { name: 'd', op: 'DepthwiseConv2dNative', inputs: ['m', 'v'], attributes: POINT },
      { name: 'q', op: 'Pad', inputs: ['d', 'around'] },
      { name: 'e', op: 'Conv2D', inputs: ['q', 'u'], attributes: POINT },
      { name: 'both', op: 'ConcatV2', inputs: ['q', 'e', 'axis'] },
    ],
    weights: { w: [1, 1, 3, 6], v: [3, 3, 6, 1], u: [1, 1, 6, 5], around: PADS(1, 2, 0, 1, 0), axis: Int32Array.of(3) },
    size: 9,
    outputs: ['both', 'm'],
  },
  'the end of MobileFaceNet: PReLU, a depthwise convolution as large as the picture, and a product': {
    nodes: [
      { name: 'c', op: '_FusedConv2D', inputs: ['x', 'w', 'b', 'p'], attributes: FUSED },
      { name: 'd', op: 'DepthwiseConv2dNative', inputs: ['c', 'v'], attributes: { ...POINT, padding: 'VALID' } },
      { name: 'e', op: 'Conv2D', inputs: ['d', 'u'], attributes: POINT },
      { name: 'flat', op: 'Reshape', inputs: ['e', 'shape'] },
      { name: 'm', op: '_FusedMatMul', inputs: ['flat', 't', 'q'], attributes: { fused_ops: ['BiasAdd'], num_args: 1 } },
    ],
    weights: {
      w: [3, 3, 3, 16],
      b: [16],
      p: [1, 1, 16],
      v: [7, 7, 16, 1],
      u: [1, 1, 16, 24],
      t: [24, 12],
      q: [12],
      shape: Int32Array.of(1, -1),
    },
    size: 7,
    outputs: ['m'],
  },
  'an attribute that means nothing to its operation': {
    nodes: [{ name: 'c', op: 'Conv2D', inputs: ['x', 'w', 'b', 'p'], attributes: FUSED }],
    weights: { w: [1, 1, 3, 8], b: [8], p: [8] },
    outputs: ['c'],
  },
  'a value that only a surplus input asks for': {
    nodes: [
      { name: 'c', op: 'Conv2D', inputs: ['x', 'w'], attributes: POINT },
      { name: 'two', op: 'ConcatV2', inputs: ['c', 'c', 'axis'] },
      { name: 's', op: 'Sigmoid', inputs: ['c', 'two'] },
    ],
    weights: { w: [1, 1, 3, 8], axis: Int32Array.of(3) },
    outputs: ['s'],
  },
};

/** The same numbers every time, from −1 to 1. */
function drawing(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 1_073_741_824 - 1;
}

describe('the planner gets right', () => {
  let kernels: GuardedKernels;
  beforeAll(async () => {
    kernels = await GuardedKernels.open('simd', 1);
  });
  afterAll(() => kernels.close());

  it.each(Object.entries(CASES))('%s', (_, { nodes, weights, size = 8, outputs }) => {
    const random = drawing(7);
    const drawn = (shape: readonly number[]) => Float32Array.from({ length: sizeOf(shape) }, random);
    const tensor = (weight: readonly number[] | Int32Array): Tensor =>
      weight instanceof Int32Array ? { shape: [weight.length], values: weight } : { shape: weight, values: drawn(weight) };
    const all = [{ name: 'x', op: 'Placeholder' }, ...Object.keys(weights).map((name) => ({ name, op: 'Const' })), ...nodes];
    const graph: Graph = {
      nodes: new Map(all.map((node) => [node.name!, { inputs: [], attributes: {}, ...node } as GraphNode])),
      weights: new Map(Object.entries(weights).map(([name, weight]) => [name, tensor(weight)])),
    };
    const shape = [1, size, size, 3];
    const x = drawn(shape);
    const expected = interpret(graph, { x: { shape, values: x } }, outputs);
    for (const poison of [NaN, 1e30, -1e30]) {
      kernels.run(planGraph(graph, size, outputs), x, poison).forEach((values, i) => {
        const gap = Array.from(values, (v, j) => Math.abs(v - expected[i].values[j]));
        expect(values.length).toBe(expected[i].values.length);
        expect(Math.max(...gap)).toBeLessThan(1e-5 * Math.max(10, largestOf([expected[i]])));
      });
    }
  });
});
