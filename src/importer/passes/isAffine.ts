import type { GraphNode } from '../../graph/Graph.js';
import type { Draft } from './Draft.js';

/** Whether a node is, after `lowerScales`, a scale (`Mul`) or shift (`AddV2`) by a constant that has one value for each channel. */
export function isAffine(node: GraphNode | undefined, op: 'Mul' | 'AddV2', draft: Draft): node is GraphNode {
  if (node?.op !== op || draft.weight(node, 0)) return false;
  const c = draft.weight(node, 1);
  return c?.shape.length === 1 && c.shape[0] === draft.shape(node.inputs[0]!).at(-1);
}
