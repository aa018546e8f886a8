import type { GraphNode } from '../../graph/Graph.js';

/** The error for what the kernels do not support; such graphs run on TensorFlow.js. */
export function unsupported(node: GraphNode, what: string): Error {
  return new Error(`the kernels do not support ${what} (${node.op} "${node.name}")`);
}
