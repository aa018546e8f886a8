import { expect, it } from 'vitest';
import { planGraph } from '../../src/engine/kernels/planGraph.js';
import type { GraphNode } from '../../src/graph/Graph.js';
import { KERNEL_OPERATIONS } from '../../src/graph/kernelOperations.js';
import { OPERATIONS } from '../../src/graph/operations.js';

/** What the engine says of a node whose operation it does not know, whatever its inputs are. */
function isUnknown(op: string): boolean {
  const input: GraphNode = { name: 'input', op: 'Placeholder', inputs: [], attributes: { shape: { shape: [1, 8, 8, 3] } } };
  const nodes = [input, { name: 'node', op, inputs: ['input'], attributes: {} }].map((node) => [node.name, node] as const);
  try {
    planGraph({ nodes: new Map(nodes), weights: new Map() }, 8, ['node']);
    return false;
  } catch (error) {
    return String(error).includes('this operation');
  }
}

it('lists the operations that the engine plans', () => {
  const known = ['Placeholder', ...Object.keys(OPERATIONS)].filter((op) => !isUnknown(op));
  expect(known.sort()).toEqual([...KERNEL_OPERATIONS].sort());
});
