import { GraphBuilder } from '../GraphBuilder.js';
import { axesOf } from './axesOf.js';
import type { Branches } from './Branches.js';
import type { FrozenGraph } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import type { Ordered } from './orderReads.js';
import { shapeVector } from './shapeVector.js';
import type { TensorDecoder } from './TensorDecoder.js';
import { translateNode } from './translateNode.js';

export interface Translated {
  readonly builder: GraphBuilder;
  /** Names in what was built. */
  readonly input: string;
  readonly output: string;
}

/**
 * Writes a network down.
 * @param size side of its input, pixels
 * @throws VisavisError `import-failed` that names the node
 */
export function translateGraph(
  { reads, input, output }: Ordered,
  size: number,
  { graph, branches, decoder }: { readonly graph: FrozenGraph; readonly branches: Branches; readonly decoder: TensorDecoder },
): Translated {
  const builder = new GraphBuilder();
  const names = new Map<TfNode, string>();
  /** Of axes but the first it is asked only for what remains. */
  const shapeOf = (shape: TfNode): number[] => {
    const [of] = graph.inputsOf(shape).map((each) => branches.follow(each, input.name).node);
    const axes = (of && axesOf(names.get(of) ?? '', builder.graph)) ?? 4;
    return [1, ...Array<number>(axes - 1).fill(NaN)];
  };
  for (const [node, from] of reads) {
    const inputs = from.map((each) => names.get(each)!);
    const write = (): string => {
      if (node === input) return builder.placeholder(node.name, size);
      if (node.op === 'Const') return builder.constant(node.name, decoder.decode(node));
      const shape = node.op === 'Reshape' ? graph.inputsOf(node)[1] : undefined;
      // Both are read from the graph, or only the first and a shape to compute.
      if (!shape || from.length !== 1) return translateNode(node, inputs, builder);
      return builder.reshape(node.name, inputs[0]!, shapeVector(shape, node, { graph, branches, decoder, shapeOf }));
    };
    names.set(node, write());
  }
  return { builder, input: names.get(input)!, output: names.get(output)! };
}
