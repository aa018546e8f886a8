import type { GraphNode } from '../../graph/Graph.js';
import type { Draft } from './Draft.js';

/** Whether a node is a convolution, depthwise convolution or product with stored weights, with nothing fused into it. */
export function isLinear(node: GraphNode | undefined, draft: Draft): node is GraphNode {
  if (!node || !['Conv2D', 'DepthwiseConv2dNative', 'MatMul'].includes(node.op)) return false;
  return draft.weight(node, 1) !== undefined && draft.weight(node, 0) === undefined && node.attributes.transpose_a !== true;
}
