import type { GraphNode } from '../../graph/Graph.js';
import { sizeOf } from '../../graph/sizeOf.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';

/** What inference does not change anything with. */
const IDLE = ['Identity', 'Dropout', 'StopGradient'];
/** Operations that give the same values in another shape, if only axes of one value change places. */
const RESHAPING = ['Reshape', 'Squeeze', 'ExpandDims', 'Transpose'];

/**
 * Takes away what changes nothing: identities, dropout, padding by nothing, concatenation of one part, reshaping to the same shape. What
 * else only reshapes becomes one Reshape to a shape that is written down, of a batch of any size.
 */
export function dropIdle(network: Network): Network {
  const draft = new Draft(network);
  for (const { name } of draft.nodes()) {
    const node = draft.node(name);
    const input = node?.inputs[0];
    if (!node || input === undefined) continue;
    if (isIdle(node, draft)) draft.bypass(name, input);
    else if (RESHAPING.includes(node.op) && onlyReshapes(node, draft)) reshape(node, draft);
  }
  return draft.network();
}

function isIdle(node: GraphNode, draft: Draft): boolean {
  const { op, name, inputs } = node;
  if (IDLE.includes(op)) return true;
  if (op === 'ConcatV2') return inputs.length === 2;
  if (op === 'Pad') return draft.weight(node, 1)?.values.every((n: number) => n === 0) ?? false;
  return RESHAPING.includes(op) && same(draft.shape(name), draft.shape(inputs[0]!)) && onlyReshapes(node, draft);
}

/** The order of the axes that have more than one value is kept. */
function onlyReshapes(node: GraphNode, draft: Draft): boolean {
  if (node.op !== 'Transpose') return true;
  const shape = draft.shape(node.inputs[0]!);
  const order = Array.from(draft.weight(node, 1)?.values ?? [], (axis) => (axis < 0 ? axis + shape.length : axis));
  const long = order.filter((axis) => shape[axis] !== 1);
  return long.every((axis, i) => i === 0 || axis > long[i - 1]!);
}

function reshape({ name, inputs }: GraphNode, draft: Draft): void {
  const shape = draft.shape(name);
  let from = inputs[0]!;
  // Of two in a row the last one counts.
  for (let before = draft.node(from); before?.op === 'Reshape'; before = draft.node(from)) from = before.inputs[0]!;
  if (same(draft.shape(from), shape)) {
    draft.bypass(name, from);
    return;
  }
  const free = shape[0] === 1 && draft.shape(from)[0] === 1 && sizeOf(shape) > 0;
  const wanted = draft.constant(`${name}/shape`, {
    shape: [shape.length],
    values: Int32Array.from(free ? [-1, ...shape.slice(1)] : shape),
  });
  draft.set({ name, op: 'Reshape', inputs: [from, wanted], attributes: { T: { type: 'DT_FLOAT' }, Tshape: { type: 'DT_INT32' } } });
}

function same(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, axis) => n === b[axis]);
}
