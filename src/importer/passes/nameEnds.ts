import type { GraphNode } from '../../graph/Graph.js';
import { importFailed } from '../importFailed.js';
import { Draft } from './Draft.js';
import type { Network } from './Network.js';

const INPUT = 'input';
const OUTPUT = 'embedding';
/** Values of an embedding. */
const [LEAST, MOST] = [8, 4096];

/**
 * Gives the network's two ends the names and shapes that the engine wants: `input`, [n, size, size, 3], and `embedding`, [n, values].
 * @throws VisavisError `import-failed` if what comes out is no vector of 8 to 4096 values
 */
export function nameEnds(network: Network): Network {
  const draft = new Draft(network);
  const shape = draft.shape(draft.output);
  const long = shape.filter((n) => n !== 1);
  const [length = 1] = long;
  if (long.length > 1 || length < LEAST || length > MOST) {
    throw importFailed(
      `The output is not an embedding vector (shape [${shape.join(', ')}], of ${draft.output}): a vector of ${LEAST} to ${MOST} values is expected.`,
    );
  }
  const { nodes } = network.graph;
  const free = (name: string): string => (nodes.has(`${name}_values`) ? free(`${name}_`) : `${name}_values`);
  const names = new Map([
    [INPUT, free(INPUT)],
    [OUTPUT, free(OUTPUT)],
    [network.input, INPUT],
  ]);
  const named = renamed(network, names);
  const end = new Draft(named);
  const float = { T: { type: 'DT_FLOAT' } } as const;
  if (shape.length === 2 && shape[0] === 1) {
    end.set({ name: OUTPUT, op: 'Identity', inputs: [named.output], attributes: float }, shape);
  } else {
    const wanted = end.constant(`${OUTPUT}/shape`, { shape: [2], values: Int32Array.of(-1, length) });
    end.set({ name: OUTPUT, op: 'Reshape', inputs: [named.output, wanted], attributes: float }, [1, length]);
  }
  const [, ...picture] = draft.shape(network.input);
  end.set({ name: INPUT, op: 'Placeholder', inputs: [], attributes: { dtype: { type: 'DT_FLOAT' }, shape: { shape: [-1, ...picture] } } });
  return end.endingIn(OUTPUT);
}

/** The same network with other names for some of its nodes. */
function renamed({ graph, input, output }: Network, names: ReadonlyMap<string, string>): Network {
  const rename = (name: string) => names.get(name) ?? name;
  const rewrite = (node: GraphNode): GraphNode => ({ ...node, name: rename(node.name), inputs: node.inputs.map(rename) });
  return {
    graph: {
      nodes: new Map([...graph.nodes.values()].map((node) => [rename(node.name), rewrite(node)])),
      weights: new Map([...graph.weights].map(([name, weight]) => [rename(name), weight])),
    },
    input: rename(input),
    output: rename(output),
  };
}
