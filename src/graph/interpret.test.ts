import { describe, expect, it } from 'vitest';
import type { Graph, GraphNode, Tensor } from './Graph.js';
import { interpret } from './interpret.js';

const tensor = (shape: number[], ...values: number[]): Tensor => ({ shape, values: Float32Array.from(values) });

/** A placeholder x and, fed as they say, the given nodes. */
function graph(nodes: Partial<GraphNode>[], weights: Record<string, Tensor> = {}): Graph {
  const all = [{ name: 'x', op: 'Placeholder' }, ...nodes].map((node) => ({ inputs: [], attributes: {}, ...node }) as GraphNode);
  return { nodes: new Map(all.map((node) => [node.name, node])), weights: new Map(Object.entries(weights)) };
}

const x = tensor([2, 2], 1, -2, 3, -4);

// What each operation computes is held against TensorFlow.js in engine/tfjs/interpret.test.ts.
describe('interpret', () => {
  it('computes nodes in whatever order they stand, and none that is not needed', () => {
    const nodes = [
      { name: 'y', op: 'AddV2', inputs: ['r', 'w'] },
      { name: 'r', op: 'Relu', inputs: ['x'] },
      { name: 'f', op: 'FFT', inputs: ['x'] },
      { name: 'w', op: 'Const' },
    ];
    const results = interpret(graph(nodes, { w: tensor([2], 10, 20) }), { x }, ['y', 'r', 'w']);
    expect(results).toEqual([tensor([2, 2], 11, 20, 13, 20), tensor([2, 2], 1, 0, 3, 0), tensor([2], 10, 20)]);
  });

  it('takes inputs of any size where the graph says so', () => {
    const shaped = (shape: number[]) => graph([{ name: 'x', op: 'Placeholder', attributes: { shape: { shape } } }]);
    expect(interpret(shaped([-1, 2]), { x }, ['x'])).toEqual([x]);
    expect(() => interpret(shaped([-1, 3]), { x }, ['x'])).toThrow(
      new RangeError('the input "x" has the shape [2,2], and the graph takes [-1,3]'),
    );
    expect(() => interpret(shaped([-1, 2]), {}, ['x'])).toThrow(new RangeError('the input "x" is missing'));
  });

  const convolution = { op: 'Conv2D', inputs: ['x', 'w'], attributes: { padding: 'SAME' } };
  it.each<[string, Partial<GraphNode>, string]>([
    ['unknown operations', { op: 'FFT', inputs: ['x'] }, 'does not know FFT ("y")'],
    ['names that every object has', { op: 'constructor', inputs: ['x'] }, 'does not know constructor ("y")'],
    ['unknown fusing', { op: '_FusedMatMul', inputs: ['x', 'w'], attributes: { fused_ops: ['Elu'] } }, '_FusedMatMul ("y") fused with Elu'],
    ['second results', { op: 'Relu', inputs: ['x:1'] }, 'several results ("x:1")'],
    ['missing inputs', { op: 'Mul', inputs: ['x'] }, 'Mul "y" has only 1 inputs'],
    ['inputs that are not there', { op: 'Relu', inputs: ['v'] }, 'Relu "y" is fed by "v", which is not there'],
    ['constants without values', { op: 'Const' }, 'the values of "y" are not among the weights'],
    ['shapes that do not go together', { op: 'Add', inputs: ['x', 'three'] }, 'Add "y" combines [2,2] with [3]'],
    ['products that do not fit', { op: 'MatMul', inputs: ['x', 'three'] }, 'multiplies [2,2] by [3]'],
    ['pictures without four axes', convolution, 'Conv2D "y" is fed the shape [2,2]'],
    ['pooling without a window', { op: 'MaxPool', inputs: ['x'] }, 'MaxPool "y" pools [2,2] in windows of 0 × 0'],
    ['axes that are not there', { op: 'Mean', inputs: ['x', 'three'] }, 'Mean "y" names axes that [2,2] has not'],
    ['shapes of another size', { op: 'Reshape', inputs: ['x', 'three'] }, 'Reshape "y" gives [2,2] the shape [3,3,3]'],
    ['padding without counts', { op: 'Pad', inputs: ['x', 'three'] }, 'Pad "y" needs two counts for each axis of [2,2]'],
    ['parts that do not fit', { op: 'ConcatV2', inputs: ['x', 'three', 'one'] }, 'ConcatV2 "y" puts together [2,2], [3] along axis 1'],
    ['an axis of nothing', { op: 'ConcatV2', inputs: ['x', 'three'] }, 'ConcatV2 "y" has no axis 3'],
  ])('refuses %s', (_, node, message) => {
    const weights = { w: tensor([2, 2], 1, 2, 3, 4), three: tensor([3], 3, 3, 3), one: tensor([], 1) };
    expect(() => interpret(graph([{ name: 'y', ...node }], weights), { x }, ['y'])).toThrow(message);
  });

  it('refuses outputs that the graph has not', () => {
    expect(() => interpret(graph([]), { x }, ['y'])).toThrow('it has no node "y"');
  });
});
