import { attributesOf } from '../../graph/attributesOf.js';
import type { Tensor } from '../../graph/Graph.js';
import type { Reserve } from '../reserving.js';
import { sizeOfShape } from '../sizeOfShape.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';

/**
 * Convolutions whose windows have gaps and stand apart too get filters with zeros in the gaps: TensorFlow.js takes no strides together with
 * dilations.
 */
export function spreadFilters(network: Network, reserve: Reserve): Network {
  const draft = new Draft(network);
  for (const node of draft.nodes()) {
    const filter = draft.weight(node, 1);
    if (!filter || !['Conv2D', 'DepthwiseConv2dNative'].includes(node.op)) continue;
    const { integers } = attributesOf(node);
    const [strides, dilations] = [integers('strides') ?? [], integers('dilations') ?? []];
    if (strides.every((n) => n === 1) || dilations.every((n) => n === 1)) continue;
    const [height = 0, width = 0, ...channels] = filter.shape;
    const [, down = 1, across = 1] = dilations;
    const shape = [(height - 1) * down + 1, (width - 1) * across + 1, ...channels];
    reserve(node.name, sizeOfShape(node.name, shape));
    const own = node.inputs[1]!;
    const spread = spreadOut(filter, shape, down, across);
    if (draft.readers(own).length === 1) draft.remove(own);
    draft.set({
      ...node,
      inputs: [node.inputs[0]!, draft.constant(own, spread)],
      attributes: { ...node.attributes, dilations: [1, 1, 1, 1] },
    });
  }
  return draft.network();
}

function spreadOut({ shape: [height = 0, width = 0], values }: Tensor, shape: readonly number[], down: number, across: number): Tensor {
  const out = new Float32Array(shape.reduce((product, n) => product * n, 1));
  const perTap = height * width === 0 ? 0 : values.length / (height * width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const tap = (y * width + x) * perTap;
      out.set(values.subarray(tap, tap + perTap), (y * down * shape[1]! + x * across) * perTap);
    }
  }
  return { shape, values: out };
}
