import type { Graph, GraphNode } from './Graph.js';
import { inferShapes } from './inferShapes.js';
import { orderNodes } from './orderNodes.js';
import { sizeOf } from './sizeOf.js';

/**
 * How many multiplications, each followed by an addition, a graph's convolutions and products take for one picture. A window that hangs over
 * the edge counts in full, as is usual.
 */
export function multiplyAdds(graph: Graph, outputs: readonly string[]): number {
  const shapes = inferShapes(graph, outputs);
  return orderNodes(graph, outputs).reduce((sum, node) => sum + multiplyAddsOf(node, shapes), 0);
}

/**
 * Those of one node; 0 for whatever is neither a convolution nor a product.
 * @param shapes what `inferShapes` gives
 */
export function multiplyAddsOf({ op, name, inputs }: GraphNode, shapes: ReadonlyMap<string, readonly number[]>): number {
  const shape = (of: string | undefined) => shapes.get(of ?? '') ?? [];
  const filter = shape(inputs[1]);
  if (op === 'Conv2D' || op === '_FusedConv2D') return sizeOf(shape(name)) * sizeOf(filter.slice(0, 3));
  if (op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative') return sizeOf(shape(name)) * sizeOf(filter.slice(0, 2));
  if (op === 'MatMul' || op === '_FusedMatMul') return sizeOf(shape(inputs[0])) * (shape(name).at(-1) ?? 0);
  return 0;
}
