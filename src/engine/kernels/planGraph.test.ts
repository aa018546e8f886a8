import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Graph as ReadGraph, GraphNode } from '../../graph/Graph.js';
import { readGraph } from '../../graph/readGraph.js';
import { TestGraph, type TestNode } from '../fixtures/TestGraph.js';
import { layOut } from './layOut.js';
import { planGraph, type Plan } from './planGraph.js';
import { wholeOf, type Value } from './Step.js';

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

describe.each(PLANS)('the plan of %s', (_, make, outputs) => {
  const plan = make();

  it('leaves no sum, activation or padding for a step of its own', () => {
    expect(plan.steps.length).toBeGreaterThan(10);
    for (const { kind, filter } of plan.steps) expect(filter === null).toBe(kind === 'max-pool' || kind === 'mean');
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
      return { from, to: kept.has(value) ? Infinity : lastRead, offset, end: offset + value.h * value.w * value.c * 4 };
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
      ['w', { shape: [1, 1, 3, 8], values: new Float32Array(24) }],
      ['all', { shape: [3], values: Float32Array.of(0, 1, 2) }],
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
    expect(planGraph(graph(conv(), relu), 8, ['r']).steps).toMatchObject([{ filter: { activation: { kind: 'clamp', high: 6 } } }]);
    expect(() => planGraph(graph(conv(), relu), 8, ['r', 'c'])).toThrow('an activation that follows no convolution (Relu6 "r")');
  });

  it('fuses nothing into what is read twice under other names', () => {
    const [one, two] = ['one', 'two'].map((name) => ({ name, op: 'Identity', inputs: ['c'] }));
    const relu = { name: 'r', op: 'Relu6', inputs: ['one'] };
    expect(planGraph(graph(conv(), one, relu), 8, ['r']).steps).toHaveLength(1);
    expect(() => planGraph(graph(conv(), one, two, relu), 8, ['r', 'two'])).toThrow(
      'an activation that follows no convolution (Relu6 "r")',
    );
  });

  it('adds only what is as large, channels that padding adds counted', () => {
    const pool = { ...conv({ ksize: [1, 1, 1, 1], strides: [1, 2, 2, 1] }), name: 'half', op: 'MaxPool', inputs: ['d'] };
    const nodes = [{ ...conv(), name: 'd' }, pool, conv(), { name: 'wide', op: 'Pad', inputs: ['d', 'pads'] }];
    const sum = (...inputs: string[]) => planGraph(graph(...nodes, { name: 'y', op: 'AddV2', inputs }), 8, ['y']).steps;
    expect(sum('c', 'd')).toHaveLength(2);
    expect(() => sum('c', 'half')).toThrow('a sum that cannot be fused into a convolution');
    expect(() => sum('c', 'wide')).toThrow('a sum that cannot be fused into a convolution');
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

  it.each<[string, Partial<GraphNode>[], string]>([
    ['unknown operations', [{ name: 'y', op: 'FFT', inputs: ['x'] }], 'this operation (FFT "y")'],
    ['other layouts', [{ ...conv({ data_format: 'NCHW' }), name: 'y' }], 'this layout'],
    ['explicit padding', [{ ...conv({ padding: 'EXPLICIT' }), name: 'y' }], 'padding EXPLICIT'],
    ['dilation', [{ ...conv({ dilations: [1, 2, 2, 1] }), name: 'y' }], 'this layout'],
    ['means over channels', [{ name: 'y', op: 'Mean', inputs: ['x', 'all'] }], 'other axes'],
    ['sums of inputs', [{ name: 'y', op: 'AddV2', inputs: ['x', 'x'] }], 'a sum that cannot be fused into a convolution'],
    ['concatenations of rows', [conv(), { name: 'y', op: 'ConcatV2', inputs: ['c', 'c', 'rows'] }], 'other axes than the channels'],
    ['copies of odd channels', [{ name: 'y', op: 'ConcatV2', inputs: ['x', 'x', 'channels'] }], 'this number of channels'],
    ['one slope for all channels', [conv(), { name: 'y', op: 'Prelu', inputs: ['c', 'rows'] }], 'this number of slopes'],
    [
      'one fused slope for all channels',
      [{ ...conv({ fused_ops: ['Prelu'] }), name: 'y', op: '_FusedConv2D', inputs: ['x', 'w', 'rows'] }],
      'this number of slopes',
    ],
    [
      'sums with a sigmoid',
      [conv(), { ...conv(), name: 'd' }, { name: 's', op: 'Sigmoid', inputs: ['d'] }, { name: 'y', op: 'AddV2', inputs: ['c', 's'] }],
      'a sum that cannot be fused into a convolution',
    ],
    [
      'sigmoids of sigmoids',
      [conv(), { name: 's', op: 'Sigmoid', inputs: ['c'] }, { name: 'y', op: 'Sigmoid', inputs: ['s'] }],
      'a sigmoid of a sigmoid',
    ],
    ['pooling of odd channels', [{ ...conv({ ksize: [1, 3, 3, 1] }), name: 'y', op: 'MaxPool' }], 'this number of channels'],
    ['graphs without the wanted node', [], 'no node "y"'],
  ])('refuses %s, which TensorFlow.js then runs', (_, nodes, message) => {
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(message);
  });
});
