import type { GraphNode } from '../../graph/Graph.js';
import { sizeOf } from '../../graph/sizeOf.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';

/** What a length is computed with. Of a single vector such a subgraph gives a single number, whatever else it does. */
const LENGTH = [
  'Square',
  'Mul',
  'Sum',
  'Mean',
  'Maximum',
  'Minimum',
  'Sqrt',
  'Rsqrt',
  'AddV2',
  'Add',
  'Pow',
  'Abs',
  'Max',
  'Relu',
  'Reshape',
  'RealDiv',
];

/** Of these, what reads constants that keep a length above zero only where they are not negative. */
const SIGNED = ['Mul', 'Maximum', 'Minimum', 'AddV2', 'Add', 'RealDiv'];

/**
 * Takes away the scaling to unit length at the end of a network, which the SDK does itself: L2Normalize, and a product or quotient with one
 * number that is computed from the vector. A factor that is constant and positive goes too.
 */
export function dropFinalNormalization(network: Network): Network {
  const draft = new Draft(network);
  for (let node = draft.node(draft.output); node; node = draft.node(draft.output)) {
    const from = unscaled(node, draft);
    if (from === undefined) break;
    draft.bypass(node.name, from);
  }
  return draft.network();
}

/** The input whose direction the node keeps, if there is one. */
function unscaled(node: GraphNode, draft: Draft): string | undefined {
  const { op, name, inputs } = node;
  const [a, b] = inputs;
  if (op === 'L2Normalize') return sizeOf(draft.shape(name)) === draft.shape(name).at(-1) ? a : undefined;
  if (a === undefined || b === undefined || !['Mul', 'RealDiv'].includes(op)) return undefined;
  if (isPositive(b, a, draft)) return a;
  return op === 'Mul' && isPositive(a, b, draft) ? b : undefined;
}

/** Whether a value is one positive number: a constant, or a length of `vector`. */
function isPositive(name: string, vector: string, draft: Draft): boolean {
  if (sizeOf(draft.shape(name)) !== 1) return false;
  const node = draft.node(name);
  if (!node) return false;
  if (node.op === 'Const') return weightOf(name, draft) > 0;
  let root = false;
  const waiting = [node];
  for (let n = 0; n < 16 && waiting.length > 0; n++) {
    const each = waiting.pop()!;
    if (!LENGTH.includes(each.op)) return false;
    root ||= ['Sqrt', 'Rsqrt', 'Pow'].includes(each.op);
    for (const input of each.inputs) {
      const before = draft.node(input);
      // Less than nothing, added or multiplied, may turn the sign; axes, shapes and powers may not.
      if (SIGNED.includes(each.op) && before?.op === 'Const' && hasNegative(each, draft)) return false;
      if (input !== vector && before && before.op !== 'Const') waiting.push(before);
    }
  }
  return root && waiting.length === 0;
}

function hasNegative(node: GraphNode, draft: Draft): boolean {
  return node.inputs.some((_, i) => draft.weight(node, i)?.values.some((v: number) => !(v >= 0)));
}

function weightOf(name: string, draft: Draft): number {
  return draft.weight({ name, op: 'Identity', inputs: [name], attributes: {} }, 0)?.values[0] ?? 0;
}
