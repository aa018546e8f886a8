import { sizeOf } from '../graph.mjs';

/** @typedef {import('../../src/graph/Graph.js').GraphNode} GraphNode */

/** A convolution with at least this many weights is large; together these hold nearly all of a model. */
const LARGE = 2000;

/**
 * The large convolutions that see no padding (1×1, or as large as their map), and so have one average input for each weight of an output
 * channel.
 * @param {import('../../src/graph/Graph.js').Graph} graph
 * @returns {{ conv: GraphNode, input: string, weights: string, bias: string, size: number }[]} names; `size`: weights of one output channel
 */
export function largeConvolutions(graph) {
  return [...graph.nodes.values()].flatMap((conv) => {
    const [input, weights, bias] = conv.inputs;
    const shape = graph.weights.get(weights)?.shape;
    if (conv.op !== '_FusedConv2D' || !shape || sizeOf(shape) < LARGE) return [];
    if (shape[0] * shape[1] > 1 && conv.attributes.padding !== 'VALID') return [];
    return [{ conv, input, weights, bias, size: sizeOf(shape.slice(0, 3)) }];
  });
}
