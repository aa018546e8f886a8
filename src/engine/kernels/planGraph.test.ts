import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { layOut } from './layOut.js';
import { planGraph } from './planGraph.js';
import { readGraph, type GraphNode, type ReadGraph } from './readGraph.js';

function shipped(id: string): ReadGraph {
  const read = (name: string) => readFileSync(new URL(`../../../public/models/${id}/${name}`, import.meta.url));
  const weights = read('weights.bin');
  const buffer = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength);
  return readGraph({ modelJson: JSON.parse(read('model.json').toString()), weights: buffer });
}

const GRAPHS = [
  ['mobilenet-160', 160, ['embedding']],
  ['blazeface-256', 256, ['Identity', 'Identity_1', 'Identity_2', 'Identity_3']],
  ['facemesh-192', 192, ['Identity_1', 'Identity_2']],
] as const;

describe.each(GRAPHS)('the plan of %s', (id, size, outputs) => {
  const plan = planGraph(shipped(id), size, outputs);

  it('leaves no sum, activation or padding for a step of its own', () => {
    expect(plan.steps.length).toBeGreaterThan(10);
    for (const { kind, filter } of plan.steps) expect(filter === null).toBe(kind === 'max-pool' || kind === 'mean');
    expect(plan.outputs).toHaveLength(outputs.length);
  });

  it('reads nothing before it is made', () => {
    const made = new Set([plan.input]);
    for (const { input, residual, output } of plan.steps) {
      expect(made).toContain(input);
      if (residual) expect(made).toContain(residual);
      made.add(output);
    }
    for (const { value } of plan.outputs) expect(made).toContain(value);
  });

  it('shares places only between values that are not needed at the same time', () => {
    const kept = new Set(plan.outputs.map(({ value }) => value));
    const { offsets, bytes } = layOut(plan.steps, kept);
    const placed = plan.steps.map(({ output }, from) => {
      const lastRead = plan.steps.findLastIndex((s) => s.input === output || s.residual === output);
      const offset = offsets.get(output)!;
      return { from, to: kept.has(output) ? Infinity : lastRead, offset, end: offset + output.h * output.w * output.c * 4 };
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

  it.each<[string, Partial<GraphNode>[], string]>([
    ['unknown operations', [{ name: 'y', op: 'FFT', inputs: ['x'] }], 'this operation (FFT "y")'],
    ['other layouts', [{ ...conv({ data_format: 'NCHW' }), name: 'y' }], 'this layout'],
    ['explicit padding', [{ ...conv({ padding: 'EXPLICIT' }), name: 'y' }], 'padding EXPLICIT'],
    ['dilation', [{ ...conv({ dilations: [1, 2, 2, 1] }), name: 'y' }], 'this layout'],
    ['means over channels', [{ name: 'y', op: 'Mean', inputs: ['x', 'all'] }], 'other axes'],
    ['sums of inputs', [{ name: 'y', op: 'AddV2', inputs: ['x', 'x'] }], 'a sum that no convolution ends in'],
    ['graphs without the wanted node', [], 'no node "y"'],
  ])('refuses %s, which TensorFlow.js then runs', (_, nodes, message) => {
    expect(() => planGraph(graph(...nodes), 8, ['y'])).toThrow(message);
  });
});
