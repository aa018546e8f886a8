import { describe, expect, it } from 'vitest';
import type { GraphNode } from '../../graph/Graph.js';
import { workOf } from './workOf.js';

/** Of a node that reads values of the given shapes. */
function work(op: string, made: readonly number[], read: readonly (readonly number[])[], attributes: GraphNode['attributes'] = {}): number {
  const inputs = read.map((_, i) => `input ${i}`);
  const shapes = new Map([['node', made], ...read.map((shape, i) => [`input ${i}`, shape] as const)]);
  return workOf({ name: 'node', op, inputs, attributes }, shapes);
}

describe('workOf', () => {
  it('counts every value that is read, also where one comes of many', () => {
    expect(work('Sum', [], [[1000, 1000], [2]])).toBe(1_000_000);
    expect(work('Mul', [1000, 1000], [[1000, 1], [1, 1000]])).toBe(1_000_000); // prettier-ignore
    expect(work('ConcatV2', [2 ** 12, 3], [[2 ** 12, 3], [2 ** 12, 0], [2 ** 12, 0], []])).toBe((3 + 3 + 1 + 1) * 2 ** 12 + 1); // prettier-ignore
  });

  it('counts what every window sees, and axes of no size too', () => {
    expect(work('Conv2D', [1, 10, 10, 4], [[1, 10, 10, 3], [3, 3, 3, 4]])).toBe(400 * 27); // prettier-ignore
    expect(work('MaxPool', [1, 10, 10, 3], [[1, 10, 10, 3]], { ksize: [1, 5, 5, 1] })).toBe(300 * 25);
    expect(work('MatMul', [1, 16], [[1, 100], [100, 16]])).toBe(1600); // prettier-ignore
    expect(work('DepthwiseConv2dNative', [1, 10, 10, 0], [[1, 10, 10, 0], [9, 9, 0, 1]])).toBe(100 * 81); // prettier-ignore
  });
});
