import type { Graph } from '../../graph/Graph.js';

const PICTURES = new Set(['Placeholder', 'Conv2D', 'DepthwiseConv2dNative', 'MaxPool', 'AvgPool', 'FusedBatchNormV3']);

/** How many axes a node's result has, by what it is computed with; undefined where that does not tell. */
export function axesOf(name: string, { nodes, weights }: Graph): number | undefined {
  let node = nodes.get(name);
  for (let steps = 0; node && steps < nodes.size; steps++) {
    if (node.op === 'MatMul') return 2;
    if (PICTURES.has(node.op)) return 4;
    if (node.op === 'Reshape') return weights.get(node.inputs[1]!)?.values.length;
    if (['Mean', 'Sum', 'Max', 'Squeeze', 'ExpandDims'].includes(node.op)) return undefined;
    // Of other operations no result has fewer axes than what is computed has.
    const computed: string | undefined = node.inputs.find((input) => !weights.has(input));
    node = computed === undefined ? undefined : nodes.get(computed);
  }
  return undefined;
}
