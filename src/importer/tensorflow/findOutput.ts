import { importFailed } from '../importFailed.js';
import type { Branches } from './Branches.js';
import type { FrozenGraph } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import { isFeed } from './isFeed.js';

/** How facenet calls it. */
const USUAL = 'embeddings';
/** Nodes that give nothing. */
const SILENT = new Set(['NoOp', 'Assert', 'Const', 'Placeholder', 'PlaceholderWithDefault']);

/**
 * The node that gives the embedding: the one of that name, or the only one that is computed from the input and that nobody reads.
 * @throws VisavisError `import-failed` if there are several
 */
export function findOutput(graph: FrozenGraph, branches: Branches): TfNode {
  const named = graph.nodes.get(USUAL);
  if (named) return named;
  const readers = new Map<string, TfNode[]>();
  for (const node of graph.nodes.values()) {
    for (const input of node.inputs) {
      const { name } = graph.find(input, node).node;
      const known = readers.get(name);
      if (known) known.push(node);
      else readers.set(name, [node]);
    }
  }
  const waiting = [...graph.nodes.values()].filter(isFeed);
  const seen = new Set(waiting);
  const last: TfNode[] = [];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const next = readers.get(node.name) ?? [];
    if (next.length === 0 && !SILENT.has(node.op) && branches.isAlive({ node, port: 0 })) last.push(node);
    for (const each of next.filter((reader) => !seen.has(reader))) {
      seen.add(each);
      waiting.push(each);
    }
  }
  const [only] = last;
  if (!only) throw importFailed('Nothing in the graph is computed from a picture: it has no input (Placeholder), or nothing reads it.');
  if (last.length > 1) {
    const names = last.slice(0, 8).map(({ name }) => name);
    throw importFailed(
      `The graph has ${last.length} outputs (${names.join(', ')}): which is the embedding? Name it ${USUAL}, or cut off the others.`,
    );
  }
  return only;
}
