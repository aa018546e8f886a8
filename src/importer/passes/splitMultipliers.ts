import type { GraphNode } from '../../graph/Graph.js';
import type { Reserve } from '../reserving.js';
import { sizeOfShape } from '../sizeOfShape.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';

const FLOAT = { T: { type: 'DT_FLOAT' } } as const;

/**
 * Depthwise convolutions with several results for each channel become a 1×1 convolution that repeats each channel, and one with a single
 * result: the engine's kernels know no other.
 */
export function splitMultipliers(network: Network, reserve: Reserve): Network {
  const draft = new Draft(network);
  for (const node of draft.nodes()) {
    if (node.op !== 'DepthwiseConv2dNative') continue;
    const filter = draft.weight(node, 1);
    if (!filter || filter.shape[3] === 1) continue;
    const [height, width, channels, multiplier] = filter.shape as readonly [number, number, number, number];
    const results = channels * multiplier;
    reserve(node.name, sizeOfShape(node.name, [1, 1, channels, results]));
    const ones = new Float32Array(channels * results);
    for (let i = 0; i < results; i++) ones[Math.floor(i / multiplier) * results + i] = 1;
    const repeating = draft.constant(`${node.name}/repeating`, { shape: [1, 1, channels, results], values: ones });
    const repeated = draft.free(`${node.name}/repeated`);
    const [x] = node.inputs as readonly [string];
    draft.set(convolution(repeated, [x, repeating]), [...draft.shape(x).slice(0, 3), results]);
    // [rows, columns, channels, results of each] has the results in the order in which the repeated channels have them.
    const single = draft.constant(`${node.name}/single`, { shape: [height, width, results, 1], values: filter.values });
    draft.set({ ...node, inputs: [repeated, single] });
  }
  return draft.network();
}

function convolution(name: string, inputs: readonly string[]): GraphNode {
  const ones = [1, 1, 1, 1];
  return {
    name,
    op: 'Conv2D',
    inputs,
    attributes: { ...FLOAT, strides: ones, dilations: ones, padding: 'VALID', data_format: 'NHWC' },
  };
}
