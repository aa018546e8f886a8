import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';

/**
 * How long computing a node takes, in multiply-adds: of convolutions, products and pooling every value that every window sees, whether it is
 * inside the picture or not.
 * @param shapes of the node and its inputs
 */
export function workOf(node: GraphNode, shapes: ReadonlyMap<string, readonly number[]>): number {
  const { op, name, inputs } = node;
  const shape = (of: string | undefined) => shapes.get(of ?? '') ?? [];
  const own = countOf(shape(name));
  const filter = shape(inputs[1]);
  if (op === 'Conv2D' || op === '_FusedConv2D') return own * countOf(filter.slice(0, 3));
  if (op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative') return own * countOf(filter.slice(0, 2));
  if (op === 'MatMul' || op === '_FusedMatMul') return countOf(shape(inputs[0])) * (shape(name).at(-1) ?? 0);
  if (op === 'MaxPool' || op === 'AvgPool') return own * countOf(attributesOf(node).integers('ksize') ?? []);
  return own;
}

/** Axes of no size are gone through too. */
function countOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * Math.max(n, 1), 1);
}
