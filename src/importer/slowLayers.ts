import type { Graph } from '../graph/Graph.js';
import { kernelGaps } from './kernelGaps.js';

/** What the engine's own kernels do not know, so that TensorFlow.js runs the network: sentences for the report. */
export function slowLayers(graph: Graph, output: string): string[] {
  const found = [...kernelGaps(graph, output)];
  const kinds = [...new Set(found.map(([, lacks]) => lacks))];
  return kinds.map((kind) => {
    const names = found.filter(([, lacks]) => lacks === kind).map(([name]) => name);
    const which = names.length === 1 ? names[0]! : `${names[0]!} and ${names.length - 1} more`;
    return `${which}: visavis' own kernels know no ${kind}. TensorFlow.js will run the network, which takes longer.`;
  });
}
