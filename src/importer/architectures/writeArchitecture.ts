import { GraphBuilder } from '../GraphBuilder.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import type { Architecture } from './Architecture.js';
import { LayerWriter } from './LayerWriter.js';
import type { WeightSource } from './WeightSource.js';

/**
 * A network as a graph.
 * @param inputSize side of the square input in pixels; the architecture's usual one where left out
 * @throws VisavisError `import-failed` that names the tensor which is missing or has another shape, or the layer at which nothing is left
 *   of the picture
 */
export function writeArchitecture(
  architecture: Architecture,
  source: WeightSource,
  inputSize = architecture.inputSize,
): Pick<ImportedGraph, 'graph' | 'input' | 'output' | 'architecture'> {
  if (!Number.isInteger(inputSize) || inputSize < 1 || inputSize > MAX_INPUT_SIZE)
    throw importFailed(`The input size must be a whole number from 1 to ${MAX_INPUT_SIZE} pixels; it is ${inputSize}.`);
  const builder = new GraphBuilder();
  const net = new LayerWriter(builder, source);
  const input = net.input('input', inputSize);
  const output = architecture.write(net, input);
  return { graph: builder.graph, input, output, architecture: architecture.name };
}
