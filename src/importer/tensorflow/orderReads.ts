import { importFailed } from '../importFailed.js';
import { type Branches, cycle } from './Branches.js';
import type { FrozenGraph, Reference } from './FrozenGraph.js';
import { isFeed } from './isFeed.js';
import type { TfNode } from './messages.js';
import { OPERATORS } from './operators.js';
import { headOf } from './TensorDecoder.js';
import { unsupported } from './unsupported.js';

export interface Ordered {
  /** Nodes that the output needs, each after what it reads; with what they read, behind all that only hands on. */
  readonly reads: ReadonlyMap<TfNode, readonly TfNode[]>;
  readonly input: TfNode;
  readonly output: TfNode;
}

/**
 * What is computed outside of training, in order. What only training needs is never looked at.
 * @param cut where the network begins, if that is known; else it begins at what is fed
 * @throws VisavisError `import-failed` that names the node: where there is a cycle, an unknown operator, or not one input
 */
export function orderReads(graph: FrozenGraph, branches: Branches, cut: TfNode | undefined, end: TfNode): Ordered {
  const reads = new Map<TfNode, readonly TfNode[]>();
  const output = branches.follow({ node: end, port: 0 }, cut?.name).node;
  let input = cut;
  // A list instead of recursion: graphs are deeper than the call stack.
  const waiting = [output];
  const open = new Map<TfNode, readonly TfNode[]>();
  for (let node = waiting.at(-1); node; node = waiting.at(-1)) {
    if (reads.has(node)) {
      waiting.pop();
      continue;
    }
    if (node !== input && isFeed(node)) {
      if (input) throw importFailed(`The network reads both ${input.name} and ${node.name} (${node.op}): only one picture is supported.`);
      input = node;
    }
    const wanted = open.get(node) ?? (node === input ? [] : readsOf(node, graph, branches, cut));
    const missing = wanted.filter((each) => !reads.has(each));
    if (missing.length === 0) {
      reads.set(node, wanted);
      open.delete(node);
      waiting.pop();
      continue;
    }
    open.set(node, wanted);
    const again = missing.find((each) => open.has(each));
    if (again) throw cycle(node, again);
    waiting.push(...missing.reverse());
  }
  if (!input || !reads.has(input))
    throw importFailed(`The output ${end.name} is not computed from a picture: the graph has no input (Placeholder).`);
  return { reads, input, output };
}

function readsOf(node: TfNode, graph: FrozenGraph, branches: Branches, cut: TfNode | undefined): TfNode[] {
  if (node.op === 'Const') {
    headOf(node);
    return [];
  }
  if (!OPERATORS.has(node.op)) throw unsupported(node);
  const found = graph.inputsOf(node).map((each) => branches.follow(each, cut?.name));
  // A shape that is computed from another is no result of the network.
  if (node.op === 'Reshape' && found[1] && found[1].node.op !== 'Const') found.length = 1;
  return found.map((each) => only(each, node));
}

function only({ node, port }: Reference, reader: TfNode): TfNode {
  if (port !== 0) throw importFailed(`The node ${reader.name} reads result ${port} of ${node.name} (${node.op}), which is not supported.`);
  return node;
}
