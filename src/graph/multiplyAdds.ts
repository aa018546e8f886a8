import type { Graph } from './Graph.js';
import { inferShapes } from './inferShapes.js';
import { orderNodes } from './orderNodes.js';
import { sizeOf } from './sizeOf.js';

/**
 * How many multiplications, each followed by an addition, a graph's convolutions and products take for one picture. A window that hangs over
 * the edge counts in full, as is usual.
 */
export function multiplyAdds(graph: Graph, outputs: readonly string[]): number {
  const shapes = inferShapes(graph, outputs);
  const shape = (name: string | undefined) => shapes.get(name ?? '') ?? [];
  let sum = 0;
  for (const { op, name, inputs } of orderNodes(graph, outputs)) {
    const filter = shape(inputs[1]);
    if (op === 'Conv2D' || op === '_FusedConv2D') sum += sizeOf(shape(name)) * sizeOf(filter.slice(0, 3));
    else if (op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative') sum += sizeOf(shape(name)) * sizeOf(filter.slice(0, 2));
    else if (op === 'MatMul' || op === '_FusedMatMul') sum += sizeOf(shape(inputs[0])) * (shape(name).at(-1) ?? 0);
  }
  return sum;
}
