import type { Graph } from '../graph/Graph.js';
import { multiplyAdds } from '../graph/multiplyAdds.js';

/** What a network consists of. */
export interface NetworkFacts {
  /** Nodes that compute something. */
  readonly nodes: number;
  /** Learned values. */
  readonly parameters: number;
  /** Multiplications, each followed by an addition, for one picture. */
  readonly multiplyAdds: number;
  /** How often each operation is there, by TensorFlow's name. */
  readonly operators: Readonly<Record<string, number>>;
}

export function networkFacts(graph: Graph, outputs: readonly string[]): NetworkFacts {
  const computed = [...graph.nodes.values()].filter(({ op }) => op !== 'Const' && op !== 'Placeholder');
  const operators: Record<string, number> = {};
  for (const op of computed.map((node) => node.op).sort()) operators[op] = (operators[op] ?? 0) + 1;
  const floats = [...graph.weights.values()].filter(({ values }) => values instanceof Float32Array);
  return {
    nodes: computed.length,
    parameters: floats.reduce((sum, { values }) => sum + values.length, 0),
    multiplyAdds: multiplyAdds(graph, outputs),
    operators,
  };
}
