import type { GraphNode } from '../../graph/Graph.js';

/** A graph that is in order, and that the kernels cannot run: TensorFlow.js may. The message names the node. */
export class UnsupportedGraph extends Error {
  override readonly name = 'UnsupportedGraph';
}

/** @param what the kernels lack */
export function unsupported(node: GraphNode, what: string): UnsupportedGraph {
  return new UnsupportedGraph(`the kernels do not support ${what} (${node.op} "${node.name}")`);
}
