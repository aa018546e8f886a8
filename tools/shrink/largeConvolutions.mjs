import { sizeOf } from './weights.mjs';

/** @typedef {import('./shrinkModel.mjs').Node} Node */

/** A convolution with so many weights is large: together these hold nearly all of a model. */
const LARGE = 2000;

/**
 * The large convolutions that see no padding (1×1, or as large as their map), and so have one average input for each weight of an output channel.
 * @param {readonly Node[]} nodes
 * @param {ReadonlyMap<string, readonly number[]>} shapes of the weights, by name
 * @returns {{ conv: Node, input: string, weights: string, bias: string, size: number }[]} names; `size`: weights of one output channel
 */
export function largeConvolutions(nodes, shapes) {
  return nodes.flatMap((conv) => {
    const [input, weights, bias] = conv.input ?? [];
    const shape = shapes.get(weights);
    if (conv.op !== '_FusedConv2D' || !shape || sizeOf(shape) < LARGE) return [];
    const padding = /** @type {{ s: string } | undefined} */ (conv.attr?.padding)?.s ?? '';
    if (shape[0] * shape[1] > 1 && Buffer.from(padding, 'base64').toString() !== 'VALID') return [];
    return [{ conv, input, weights, bias, size: sizeOf(shape.slice(0, 3)) }];
  });
}
