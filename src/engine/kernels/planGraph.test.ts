import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { floatsOfLevels } from '../../graph/floatsOfLevels.js';
import type { Graph as ReadGraph, GraphNode } from '../../graph/Graph.js';
import { readGraph } from '../../graph/readGraph.js';
import { GraphDraft } from '../fixtures/GraphDraft.js';
import { TestGraph, type TestNode } from '../fixtures/TestGraph.js';
import { layOut } from './layOut.js';
import { planGraph, type Plan } from './planGraph.js';
import { bytesOf, wholeOf, type Value } from './Step.js';
import { UnsupportedGraph } from './UnsupportedGraph.js';

function shipped(id: string): ReadGraph {
  const read = (name: string) => readFileSync(new URL(`../../../public/models/${id}/${name}`, import.meta.url));
  const weights = read('weights.bin');
  const buffer = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  return readGraph({ modelJson: JSON.parse(read('model.json').toString()), weights: buffer });
}

/** Two modules, one of stride 2, whose branches lie side by side, and one branch that is read by itself too. */
function branched(): Plan {
  const g = new TestGraph(() => 0.7);
  const branches = (x: TestNode, stride: number) => {
    const reduced = g.conv(x, { k: 1, c: 12 });
    const wide = g.conv(reduced, { k: 3, stride, c: 20 });
    return g.concat(wide, g.conv(reduced, { k: 5, stride, c: 9 }), g.conv(wide, { k: 1, c: 7 }), g.maxPool(reduced, { stride }));
  };
  const last = branches(branches(g.conv(g.input, { k: 7, stride: 2, c: 16 }), 1), 2);
  const end = g.product(g.mean(last), 24);
  return planGraph(readGraph(g.files()), 33, [end.name]);
}

const PLANS: [string, () => Plan, outputs: number][] = [
  ['mobilenet-160', () => planGraph(shipped('mobilenet-160'), 160, ['embedding']), 1],
  ['blazeface-256', () => planGraph(shipped('blazeface-256'), 256, ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']), 4],
  ['facemesh-192', () => planGraph(shipped('facemesh-192'), 192, ['Identity_1', 'Identity_2']), 2],
  ['a graph of branches', branched, 1],
];

it('turns the levels of a matrix that is stored transposed with the weights that they stand for', () => {
  const draft = new GraphDraft(1, 1);
  const row = draft.add('Reshape', ['x', draft.weight([2], [1, -1])])!;
  const matrix = draft.weight([2, 3]);
  const product = draft.add('MatMul', [row, matrix], { transpose_a: false, transpose_b: true })!;
  const grid = { min: -1, scale: 0.5, levels: Uint8Array.of(0, 1, 2, 3, 4, 5) };
  const weights = new Map([...draft.graph.weights, [matrix, { shape: [2, 3], values: floatsOfLevels(grid), grid }]]);
  const { filter } = planGraph({ ...draft.graph, weights }, 1, [product]).steps.at(-1)!;
  expect(filter!.grid).toEqual({ ...grid, levels: Uint8Array.of(0, 3, 1, 4, 2, 5) });
  expect(filter!.weights).toEqual(Float32Array.of(-1, 0.5, -0.5, 1, 0, 1.5));
  expect(filter!.weights).toBe(filter!.weights);
});

describe.each(PLANS)('the plan of %s', (_, make, outputs) => {
  const plan = make();

  it('leaves no sum, activation or padding for a step of its own', () => {
    expect(plan.steps.length).toBeGreaterThan(10);
    for (const { kind, filter } of plan.steps) {
      expect(filter === null).toBe(['max-pool', 'mean', 'rows'].includes(kind));
      expect(kind).not.toBe('pointwise');
    }
    expect(plan.outputs).toHaveLength(outputs);
  });

  it('reads nothing before it is made, whole', () => {
    const made = new Map<Value, number>([[plan.input, plan.input.c]]);
    for (const { input, residual, output } of plan.steps) {
      expect(made.get(input)).toBe(input.c);
      if (residual) expect(made.get(residual)).toBe(residual.c);
      const whole = wholeOf(output);
      // Parts are written one beside the other.
      if (output.part) expect(output.part.first + output.c).toBeLessThanOrEqual(whole.c);
      made.set(whole, (made.get(whole) ?? 0) + output.c);
    }
    for (const { value } of plan.outputs) expect(made.get(value)).toBe(value.c);
  });

  it('shares places only between values that are not needed at the same time', () => {
    const kept = new Set(plan.outputs.map(({ value }) => value));
    const { offsets, bytes } = layOut(plan.steps, kept);
    const values = [...new Set(plan.steps.map(({ output }) => wholeOf(output)))];
    const placed = values.map((value) => {
      const from = plan.steps.findIndex((s) => wholeOf(s.output) === value);
      const lastRead = plan.steps.findLastIndex((s) => s.input === value || s.residual === value);
      const offset = offsets.get(value)!;
      return { from, to: kept.has(value) ? Infinity : lastRead, offset, end: offset + bytesOf(value) };
    });
    placed.forEach((a, i) => {
      expect(a.end).toBeLessThanOrEqual(bytes);
      for (const b of placed.slice(i + 1)) {
        const together = a.from <= b.to && b.from <= a.to;
        if (together) expect(a.end <= b.offset || b.end <= a.offset).toBe(true);
      }
    });
    expect(bytes).toBeLessThan(placed.reduce((sum, { offset, end }) => sum + end - offset, 0));
  });
});

describe('planGraph', () => {
  const graph = (...nodes: Partial<GraphNode>[]): ReadGraph => ({
    nodes: new Map([{ name: 'x', op: 'Placeholder' }, ...nodes].map((n) => [n.name!, { inputs: [], attributes: {}, ...n } as GraphNode])),
    weights: new Map([
      ['w', { shape: [1, 1, 3, 8], values: new Float32Array(24).fill(1) }],
      ['all', { shape: [3], values: Float32Array.of(0, 1, 2) }],
      ['deep', { shape: [3, 3, 8, 1], values: new Float32Array(72) }],
      ['grouped', { shape: [1, 1, 4, 8], values: new Float32Array(32) }],
      ['matrix', { shape: [5, 4], values: new Float32Array(20) }],
      ['0.5', { shape: [], values: Float32Array.of(0.5) }],
      ['row', { shape: [1, 8, 1], values: new Float32Array(8) }],
      ['tall', { shape: [8, 1, 1], values: new Float32Array(8) }],
      ['plane', { shape: [2], values: Int32Array.of(1, 2) }],
      ['five', { shape: [5], values: Int32Array.of(1, 8, 8, 8, 1) }],
      ['behind', { shape: [5, 2], values: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1) }],
      ['twice', { shape: [4], values: Int32Array.of(1, 8, 8, 16) }],
      ['nine', { shape: [], values: Int32Array.of(9) }],
      ['around', { shape: [4, 2], values: Int32Array.of(0, 0, 1, 0, 2, 0, 0, 0) }],
      ['pads', { shape: [4, 2], values: Int32Array.of(0, 0, 0, 0, 0, 0, 0, 8) }],
      ['rows', { shape: [], values: Float32Array.of(1) }],
      ['channels', { shape: [], values: Float32Array.of(3) }],
    ]),
  });
  const conv = (attributes = {}) => ({
    name: 'c',
    op: 'Conv2D',
    inputs: ['x', 'w'],
    attributes: { strides: [1, 1, 1, 1], padding: 'SAME', ...attributes },
  });

  it('fuses what follows a convolution, unless somebody else reads in between', () => {
    const relu = { name: 'r', op: 'Relu6', inputs: ['c'] };
    const fused = { kind: 'convolution', filter: { activation: { kind: 'clamp', high: 6 } } };
    expect(planGraph(graph(conv(), relu), 8, ['r']).steps).toMatchObject([fused]);
    expect(planGraph(graph(conv(), relu), 8, ['r', 'c']).steps).toMatchObject([OPEN, { ...fused, kind: 'pointwise' }]);
  });

  it('fuses nothing into what is read twice under other names', () => {
    const [one, two] = ['one', 'two'].map((name) => ({ name, op: 'Identity', inputs: ['c'] }));
    const relu = { name: 'r', op: 'Relu6', inputs: ['one'] };
    expect(planGraph(graph(conv(), one, relu), 8, ['r']).steps).toHaveLength(1);
    expect(planGraph(graph(conv(), one, two, relu), 8, ['r', 'two']).steps).toMatchObject([OPEN, { kind: 'pointwise' }]);
  });

  it('fuses factors and addends into weights and bias, but no factor behind a residual sum', () => {
    const scaled = { name: 'm', op: 'Mul', inputs: ['c', '0.5'] };
    const shifted = { name: 'b', op: 'AddV2', inputs: ['0.5', 'm'] };
    const [step, ...more] = planGraph(graph(conv(), scaled, shifted), 8, ['b']).steps;
    expect(more).toEqual([]);
    expect(step.filter).toMatchObject({ weights: new Float32Array(24).fill(0.5), bias: new Float32Array(8).fill(0.5) });
    const sum = { name: 's', op: 'AddV2', inputs: ['c', 'd'] };
    const after = planGraph(graph(conv(), { ...conv(), name: 'd' }, sum, { ...scaled, inputs: ['s', '0.5'] }), 8, ['m']).steps;
    expect(after).toMatchObject([OPEN, { kind: 'convolution', residual: { c: 8 } }, { kind: 'pointwise' }]);
  });

  it('takes zeros around a picture as padding of the convolution that reads it', () => {
    const padded = { name: 'p', op: 'Pad', inputs: ['x', 'around'] };
    const { steps } = planGraph(graph(padded, { ...conv({ strides: [1, 2, 2, 1], padding: 'VALID' }), inputs: ['p', 'w'] }), 8, ['c']);
    expect(steps).toMatchObject([{ input: { h: 8, w: 8 }, window: { top: 1, left: 2, stride: 2 }, output: { h: 5, w: 5 } }]);
  });

  it('plans graphs that are deeper than the call stack', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `i${i}`);
    const chain = names.map((name, i) => ({ name, op: 'Identity', inputs: [names[i - 1] ?? 'x'] }));
    expect(planGraph(graph(...chain, { ...conv(), inputs: [names.at(-1)!, 'w'] }), 8, ['c']).steps).toHaveLength(1);
  });

  it('adds only what is as large, channels that padding adds counted', () => {
    const pool = { ...conv({ ksize: [1, 1, 1, 1], strides: [1, 2, 2, 1] }), name: 'half', op: 'MaxPool', inputs: ['d'] };
    const nodes = [{ ...conv(), name: 'd' }, pool, conv(), { name: 'wide', op: 'Pad', inputs: ['d', 'pads'] }];
    const sum = (...inputs: string[]) => planGraph(graph(...nodes, { name: 'y', op: 'AddV2', inputs }), 8, ['y']).steps;
    expect(sum('c', 'd')).toHaveLength(2);
    expect(() => sum('c', 'half')).toThrow('AddV2 "y" adds [1,4,4,8] to [1,8,8,8]');
    expect(() => sum('c', 'wide')).toThrow('AddV2 "y" adds [1,8,8,16] to [1,8,8,8]');
  });

  it('lets branches write to their places in what they make together, and copies only what others read too', () => {
    const { steps } = branched();
    const parts = steps.filter(({ output }) => output.part);
    const made = (kind: string, inputs: number, c: number, first: number) => ({
      kind,
      input: { c: inputs },
      output: { c, part: { first } },
    });
    for (const module of [parts.slice(0, 4), parts.slice(4)]) {
      expect([...module].sort((a, b) => a.output.part!.first - b.output.part!.first)).toMatchObject([
        made('max-pool', 20, 20, 0),
        made('convolution', 12, 9, 20),
        made('convolution', 20, 7, 29),
        made('max-pool', 12, 12, 36),
      ]);
      expect(new Set(module.map(({ output }) => output.part!.of)).size).toBe(1);
    }
  });

  /** A convolution that nothing is fused into. */
  const OPEN = { kind: 'convolution', residual: null, filter: { activation: { kind: 'linear' } } };

  it('multiplies integers in large products, but not where results come out', () => {
    const g = new TestGraph(() => 0.1);
    const wide = g.conv(g.conv(g.input, { k: 3, c: 64 }), { k: 1, c: 64 });
    const end = g.product(g.mean(g.conv(wide, { k: 3, stride: 2, c: 64 })), 64);
    const plan = (arithmetic: 'int16' | 'float32') => planGraph(readGraph(g.files()), 26, [end.name], arithmetic).steps;
    const multiplied = (steps: Plan['steps']) => steps.map(({ kind, filter }) => (filter?.scales ? `${kind} of integers` : kind));
    expect(multiplied(plan('float32'))).toEqual(['convolution', 'convolution', 'convolution', 'mean', 'convolution']);
    // The first is made of 27 inputs. Where threads share the columns, one step makes the integers for all of them.
    const steps = ['convolution', 'convolution of integers', 'rows', 'convolution of integers', 'mean', 'convolution'];
    expect(multiplied(plan('int16'))).toEqual(steps);
  });

  it('makes the integers once that several branches read', () => {
    const g = new TestGraph(() => 0.1);
    const stem = g.conv(g.input, { k: 3, c: 64 });
    const branches = g.concat(g.conv(stem, { k: 1, c: 64 }), g.conv(stem, { k: 3, c: 64 }), g.conv(stem, { k: 1, c: 72 }));
    const end = g.product(g.mean(branches), 24);
    const { steps } = planGraph(readGraph(g.files()), 8, [end.name]);
    const made = steps.filter(({ kind }) => kind === 'rows').map(({ output }) => output);
    expect(made.map(({ c }) => c)).toEqual([64, 576]);
    expect(steps.filter(({ filter }) => filter?.scales).map(({ input }) => made.indexOf(input))).toEqual([0, 1, 0]);
  });

  it.each<[string, Partial<GraphNode>[], string]>([
    ['unknown operations', [{ name: 'y', op: 'FFT', inputs: ['x'] }], 'this operation (FFT "y")'],
    ['other layouts', [{ ...conv({ data_format: 'NCHW' }), name: 'y' }], 'this layout'],
    ['two strides', [{ ...conv({ strides: [1, 2, 1, 1] }), name: 'y' }], 'these strides'],
    ['dilation', [{ ...conv({ dilations: [1, 2, 2, 1] }), name: 'y' }], 'dilation'],
    ['groups', [conv(), { ...conv(), name: 'y', inputs: ['c', 'grouped'] }], 'groups'],
    [
      'a second input',
      [{ name: 'z', op: 'Placeholder' }, conv(), { name: 'y', op: 'AddV2', inputs: ['c', 'z'] }],
      'a second input beside "x"',
    ],
    ['sums of a picture and one row', [conv(), { name: 'y', op: 'AddV2', inputs: ['c', 'row'] }], 'addends of the shape [1,8,1]'],
    ['filters that are computed', [conv(), { ...conv(), name: 'y', inputs: ['x', 'c'] }], '"c", which is computed, in this place'],
    ['stored values as results', [{ name: 'y', op: 'Identity', inputs: ['w'] }], 'cannot give "y" as a result'],
    ['padded results', [{ name: 'y', op: 'Pad', inputs: ['x', 'around'] }], 'cannot give "y" as a result'],
    [
      'windows beyond all measure',
      [conv(), { ...conv({ ksize: [1, 2 ** 31, 1, 1] }), name: 'y', op: 'MaxPool', inputs: ['c'] }],
      'windows larger than',
    ],
    [
      'padding of a fifth axis',
      [
        conv(),
        { name: 'f', op: 'Reshape', inputs: ['c', 'five'] },
        { name: 'p', op: 'Pad', inputs: ['f', 'behind'] },
        { name: 'y', op: 'Reshape', inputs: ['p', 'twice'] },
      ],
      'padding other than',
    ],
    ['means over channels', [{ name: 'y', op: 'Mean', inputs: ['x', 'all'] }], 'other axes'],
    ['concatenations of rows', [conv(), { name: 'y', op: 'ConcatV2', inputs: ['c', 'c', 'rows'] }], 'other axes than the channels'],
    ['slopes along the rows', [conv(), { name: 'y', op: 'Prelu', inputs: ['c', 'tall'] }], 'slopes of the shape [8,1,1]'],
    [
      'fused slopes along the rows',
      [{ ...conv({ fused_ops: ['Prelu'] }), name: 'y', op: '_FusedConv2D', inputs: ['x', 'w', 'tall'] }],
      'slopes of the shape [8,1,1]',
    ],
    [
      'sums with a sigmoid',
      [conv(), { ...conv(), name: 'd' }, { name: 's', op: 'Sigmoid', inputs: ['d'] }, { name: 'y', op: 'AddV2', inputs: ['c', 's'] }],
      'a sigmoid before it',
    ],
    [
      'sigmoids of sigmoids',
      [conv(), { name: 's', op: 'Sigmoid', inputs: ['c'] }, { name: 'y', op: 'Sigmoid', inputs: ['s'] }],
      'a sigmoid of a sigmoid',
    ],
  ])('leaves %s to TensorFlow.js', (_, nodes, message) => {
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(UnsupportedGraph);
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(message);
  });

  const fusing = (...inputs: string[]) => ({ ...conv({ fused_ops: ['BiasAdd'] }), name: 'y', op: '_FusedConv2D', inputs });
  const half = { ...conv({ strides: [1, 2, 2, 1] }), name: 'half' };

  it.each<[string, Partial<GraphNode>[], string]>([
    ['results that are not there', [], 'no node "y"'],
    ['circles', [conv(), { name: 'y', op: 'Relu', inputs: ['z'] }, { name: 'z', op: 'Relu', inputs: ['y'] }], 'fed by what it feeds'],
    ['sums of unequal shapes', [conv(), half, { name: 'y', op: 'AddV2', inputs: ['c', 'half'] }], 'AddV2 "y" adds [1,4,4,8] to [1,8,8,8]'],
    ['a sum with a constant that does not fit', [conv(), { name: 'y', op: 'AddV2', inputs: ['c', 'all'] }], 'AddV2 "y" have the shape [3]'],
    ['too short a bias', [fusing('x', 'w', 'all')], 'the biases of _FusedConv2D "y" have the shape [3], which does not fit [1,8,8,8]'],
    ['a missing bias', [fusing('x', 'w')], '_FusedConv2D "y" has only 2 inputs'],
    ['too few slopes', [conv(), { name: 'y', op: 'Prelu', inputs: ['c', 'all'] }], 'the slopes of Prelu "y"'],
    [
      'too short a depthwise bias',
      [conv(), { ...fusing('c', 'deep', 'all'), op: 'FusedDepthwiseConv2dNative' }],
      'FusedDepthwiseConv2dNative "y"',
    ],
    [
      'a filter for other channels',
      [conv(), { ...conv(), name: 'y', inputs: ['c', 'w'] }],
      'the filter of Conv2D "y" has the shape [1,1,3,8], and gets 8',
    ],
    ['a filter without four axes', [{ ...conv(), name: 'y', inputs: ['x', 'all'] }], 'the filter of Conv2D "y" has the shape [3]'],
    ['a window that is too large', [{ ...conv({ padding: 'VALID', ksize: [1, 9, 1, 1] }), op: 'MaxPool', name: 'y' }], 'larger than'],
    ['a window of nothing', [{ ...conv({ ksize: [1, 0, 1, 1] }), op: 'MaxPool', name: 'y' }], '"y" has the size 0 × 1'],
    ['products of a picture', [{ name: 'y', op: 'MatMul', inputs: ['x', 'matrix'] }], 'MatMul "y" multiplies [1,8,8,3] by [5,4]'],
    [
      'products that do not fit',
      [conv(), { name: 'm', op: 'Mean', inputs: ['c', 'plane'] }, { name: 'y', op: 'MatMul', inputs: ['m', 'matrix'] }],
      'MatMul "y" multiplies [1,8] by [5,4]',
    ],
    ['a shape of another size', [{ name: 'y', op: 'Reshape', inputs: ['x', 'all'] }], 'Reshape "y" gives [1,8,8,3] the shape [0,1,2]'],
    [
      'parts of unequal size',
      [conv(), half, { name: 'y', op: 'ConcatV2', inputs: ['c', 'half', 'channels'] }],
      '[1,8,8,8], [1,4,4,8] along axis 3',
    ],
    ['parts along an axis that is not there', [conv(), { name: 'y', op: 'ConcatV2', inputs: ['c', 'c', 'nine'] }], 'along axis 9'],
    ['padding of other axes', [{ name: 'y', op: 'Pad', inputs: ['x', 'all'] }], 'Pad "y" pads 4 axes'],
    [
      'an input of another size',
      [
        { name: 'z', op: 'Placeholder', attributes: { shape: { shape: [-1, 9, 9, 3] } } },
        { ...conv(), name: 'y', inputs: ['z', 'w'] },
      ],
      '"z" takes the shape [-1,9,9,3], and is fed [1,8,8,3]',
    ],
    [
      'constants without values',
      [
        { name: 'v', op: 'Const' },
        { ...conv(), name: 'y', inputs: ['x', 'v'] },
      ],
      'the values of "v" are not among the weights',
    ],
  ])('refuses %s', (_, nodes, message) => {
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(expect.objectContaining({ code: 'model-corrupt' }) as Error);
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(message);
  });
});
