import type { Graph, GraphNode } from '../graph/Graph.js';
import { KERNEL_OPERATIONS } from '../graph/kernelOperations.js';

/** What the engine's own kernels do not know, so that TensorFlow.js runs the network: sentences for the report. */
export function slowLayers(graph: Graph): string[] {
  const found = [...graph.nodes.values()].flatMap((node) => {
    const lacks = lacking(node);
    return lacks === undefined ? [] : [{ name: node.name, lacks }];
  });
  const kinds = [...new Set(found.map(({ lacks }) => lacks))];
  return kinds.map((kind) => {
    const names = found.filter(({ lacks }) => lacks === kind).map(({ name }) => name);
    const which = names.length === 1 ? names[0]! : `${names[0]!} and ${names.length - 1} more`;
    return `${which}: visavis' own kernels know no ${kind}. TensorFlow.js will run the network, which takes longer.`;
  });
}

function lacking({ op, attributes }: GraphNode): string | undefined {
  if (op !== 'Const' && !(KERNEL_OPERATIONS as readonly string[]).includes(op)) return op;
  const numbers = (key: string) => (attributes[key] ?? []) as readonly number[];
  if (numbers('dilations').some((n) => n !== 1)) return 'dilated convolutions';
  const [, down, across] = numbers('strides');
  return down === across ? undefined : 'strides that differ between rows and columns';
}
