import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';
import { multiplyAddsOf } from '../../graph/multiplyAdds.js';
import { sizeOf } from '../../graph/sizeOf.js';

/**
 * How long computing a node takes, in multiply-adds: at least one for each value that is read or made, and of convolutions, products and
 * pooling every value that every window sees, whether it is inside the picture or not.
 * @param shapes of the node and its inputs
 */
export function workOf(node: GraphNode, shapes: ReadonlyMap<string, readonly number[]>): number {
  const { op, name, inputs } = node;
  // Axes of no size are gone through too.
  const full = new Map([name, ...inputs].map((each) => [each, (shapes.get(each) ?? []).map((n) => Math.max(n, 1))]));
  const countOf = (each: string) => sizeOf(full.get(each)!);
  const made = countOf(name);
  if (op === 'MaxPool' || op === 'AvgPool') return made * sizeOf(attributesOf(node).integers('ksize') ?? []);
  const read = inputs.map(countOf);
  if (op === 'ConcatV2') return read.reduce((sum, count) => sum + count, made);
  return read.reduce((most, count) => Math.max(most, count), Math.max(made, multiplyAddsOf(node, full)));
}
