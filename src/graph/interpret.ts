import { corrupt } from './corrupt.js';
import type { Graph, GraphNode, Tensor } from './Graph.js';
import { OPERATIONS } from './operations.js';
import { orderNodes } from './orderNodes.js';

/**
 * Computes a graph in the plainest way: the yardstick for every faster one. Sums are taken in double precision, results kept as float32.
 * @param inputs by the name of their placeholder
 * @param outputs names of the wanted nodes; only what they depend on is computed
 * @returns the wanted results, in the order asked for
 * @throws RangeError where an input is missing or has another shape than its placeholder; Error that names an operation which is not known here, or
 *   what it is fed that it cannot take; VisavisError `model-corrupt` where an attribute or input is missing
 */
export function interpret(graph: Graph, inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Tensor[] {
  const results = new Map<string, Tensor>(graph.weights);
  for (const node of orderNodes(graph, outputs)) {
    if (!results.has(node.name)) results.set(node.name, compute(node, results, inputs));
  }
  return outputs.map((name) => resultOf(results, name));
}

function compute(node: GraphNode, results: ReadonlyMap<string, Tensor>, inputs: Readonly<Record<string, Tensor>>): Tensor {
  if (node.op === 'Placeholder') return checkedInput(node, inputs[node.name]);
  if (node.op === 'Const') throw corrupt(`the values of "${node.name}" are not among the weights`);
  const operation = Object.hasOwn(OPERATIONS, node.op) ? OPERATIONS[node.op] : undefined;
  if (!operation) throw new Error(`the interpreter does not know ${node.op} ("${node.name}")`);
  return operation(
    node,
    node.inputs.map((name) => resultOf(results, name)),
  );
}

function resultOf(results: ReadonlyMap<string, Tensor>, name: string): Tensor {
  const tensor = results.get(name);
  if (!tensor) throw new Error(`the interpreter does not know nodes with several results ("${name}")`);
  return tensor;
}

function checkedInput({ name, attributes: { shape } }: GraphNode, input: Tensor | undefined): Tensor {
  if (!input) throw new RangeError(`the input "${name}" is missing`);
  const wanted = typeof shape === 'object' && 'shape' in shape ? shape.shape : input.shape;
  const fits = wanted.length === input.shape.length && wanted.every((n, axis) => n < 0 || n === input.shape[axis]);
  if (!fits) throw new RangeError(`the input "${name}" has the shape [${input.shape.join()}], and the graph takes [${wanted.join()}]`);
  return input;
}
