import { corrupt } from './corrupt.js';
import type { Graph, GraphNode, Tensor } from './Graph.js';
import { OPERATIONS } from './operations.js';
import { orderNodes } from './orderNodes.js';

/**
 * Computes a graph in the plainest way: the reference for every faster implementation. Sums are computed in double precision, results
 * stored as float32.
 * @param inputs by the name of their placeholder
 * @param outputs names of the requested nodes; only what they depend on is computed
 * @returns the requested results, in the order of `outputs`
 * @throws RangeError if an input is missing or its shape differs from its placeholder's; Error that names an operation that is unknown
 *   here, or inputs that it cannot handle; VisavisError `model-corrupt` if an attribute or input of a node is missing
 */
export function interpret(graph: Graph, inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Tensor[] {
  const steps = interpretSteps(graph, inputs, outputs);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

/** The same, node by node: whoever runs the steps may pause between them. Yields how many of the nodes are done, 0 … 1. */
export function* interpretSteps(
  graph: Graph,
  inputs: Readonly<Record<string, Tensor>>,
  outputs: readonly string[],
): Generator<number, Tensor[], void> {
  const results = new Map<string, Tensor>(graph.weights);
  const nodes = orderNodes(graph, outputs);
  for (const [i, node] of nodes.entries()) {
    if (!results.has(node.name)) results.set(node.name, compute(node, results, inputs));
    yield (i + 1) / nodes.length;
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
