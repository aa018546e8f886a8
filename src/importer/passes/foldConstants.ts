import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import { inferShapes } from '../../graph/inferShapes.js';
import { interpret } from '../../graph/interpret.js';
import { orderNodes } from '../../graph/orderNodes.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { Network } from './Network.js';

/** Computes what depends on constants alone, and takes away what the output does not need. */
export function foldConstants({ graph, input, output }: Network): Network {
  const nodes = new Map<string, GraphNode>();
  const weights = new Map<string, Tensor>();
  const folded: Graph = { nodes, weights };
  for (const node of orderNodes(graph, [input, output])) {
    const { name, op, inputs } = node;
    nodes.set(name, node);
    const weight = graph.weights.get(name);
    if (weight) weights.set(name, weight);
    else if (op !== 'Placeholder' && inputs.length > 0 && inputs.every((each) => weights.has(each))) {
      // Before the values there is the shape, which may be any.
      sizeOfShape(name, inferShapes(folded, [name]).get(name) ?? []);
      const [result] = interpret(folded, {}, [name]);
      weights.set(name, result!);
      const type = result!.values instanceof Int32Array ? 'DT_INT32' : 'DT_FLOAT';
      nodes.set(name, { name, op: 'Const', inputs: [], attributes: { dtype: { type } } });
    }
  }
  const needed = orderNodes(folded, [input, output]);
  return {
    graph: {
      nodes: new Map(needed.map((node) => [node.name, node])),
      weights: new Map(needed.flatMap(({ name }) => (weights.has(name) ? [[name, weights.get(name)!]] : []))),
    },
    input,
    output,
  };
}
