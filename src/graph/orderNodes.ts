import { corrupt } from './corrupt.js';
import type { Graph, GraphNode } from './Graph.js';

/** The name of the node behind an input: `name:1` is the second result of `name`. */
const nodeOf = (input: string) => input.replace(/:\d+$/, '');

/**
 * The nodes that the requested ones depend on, including these themselves, each after its inputs. Weights do not need a node that
 * represents them.
 * @throws VisavisError `model-corrupt` if an input is neither a node nor a weight, or if a node depends on itself
 */
export function orderNodes({ nodes, weights }: Pick<Graph, 'nodes' | 'weights'>, wanted: Iterable<string>): GraphNode[] {
  const ordered: GraphNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  // A list instead of recursion: graphs may be deeper than the call stack.
  const waiting = [...wanted].reverse().map((name) => ({ name, reader: null as GraphNode | null }));
  for (let next = waiting.at(-1); next; next = waiting.at(-1)) {
    const { name, reader } = next;
    const node = nodes.get(name) ?? nodes.get(nodeOf(name));
    if (!node) {
      if (!weights.has(name)) throw corrupt(missing(name, reader));
      waiting.pop();
      continue;
    }
    const before = state.get(node.name);
    if (before === undefined) {
      state.set(node.name, 'open');
      for (const input of [...node.inputs].reverse()) {
        const feeder = nodes.get(input) ?? nodes.get(nodeOf(input));
        if (feeder && state.get(feeder.name) === 'open') throw corrupt(`${node.op} "${node.name}" is fed by what it feeds, "${input}"`);
        waiting.push({ name: input, reader: node });
      }
      continue;
    }
    waiting.pop();
    if (before === 'done') continue;
    state.set(node.name, 'done');
    ordered.push(node);
  }
  return ordered;
}

function missing(name: string, reader: GraphNode | null): string {
  return reader ? `${reader.op} "${reader.name}" is fed by "${name}", which is not there` : `it has no node "${name}"`;
}
