import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import { inferShapes } from '../../graph/inferShapes.js';
import { interpret } from '../../graph/interpret.js';
import { orderNodes } from '../../graph/orderNodes.js';
import { importFailed } from '../importFailed.js';
import { MAX_FOLDED_WORK } from '../limits.js';
import { reserving, type Reserve } from '../reserving.js';
import { sizeOfShape } from '../sizeOfShape.js';
import type { Network } from './Network.js';
import { workOf } from './workOf.js';

/** What gives the values of its input, and no new ones. */
const SAME_VALUES = ['Identity', 'Reshape', 'Squeeze', 'ExpandDims'];

/** Computes what depends on constants alone, and takes away what the output does not need. */
export function foldConstants({ graph, input, output }: Network, reserve: Reserve = reserving()): Network {
  const nodes = new Map<string, GraphNode>();
  const weights = new Map<string, Tensor>();
  const folded: Graph = { nodes, weights };
  let work = 0;
  for (const node of orderNodes(graph, [input, output])) {
    const { name, op, inputs } = node;
    nodes.set(name, node);
    const weight = graph.weights.get(name);
    if (weight) weights.set(name, weight);
    else if (op !== 'Placeholder' && inputs.length > 0 && inputs.every((each) => weights.has(each))) {
      const alone: Graph = { nodes: new Map([[name, node]]), weights: new Map(inputs.map((each) => [each, weights.get(each)!])) };
      // Before the values there is the shape, which may be any.
      const shapes = inferShapes(alone, [name]);
      const size = sizeOfShape(name, shapes.get(name) ?? []);
      if (!SAME_VALUES.includes(op)) reserve(name, size);
      if ((work += workOf(node, shapes)) > MAX_FOLDED_WORK)
        throw importFailed(`The constants up to the node ${name} take too long to compute. The file is damaged or made to harm.`);
      const [result] = interpret(alone, {}, [name]);
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
