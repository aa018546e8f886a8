import { inferShapes } from '../../graph/inferShapes.js';
import { GraphBuilder } from '../GraphBuilder.js';
import type { Branches } from './Branches.js';
import type { FrozenGraph } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import type { Ordered } from './orderReads.js';
import { shapeVector } from './shapeVector.js';
import type { TensorDecoder } from './TensorDecoder.js';
import { translateNode } from './translateNode.js';

/** Shapes of results that the graph asks for, at most: each takes a walk through the whole graph. */
const MAX_SHAPES = 32;

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
  let computed = 0;
  const shapeOf = (shape: TfNode): readonly number[] | undefined => {
    const of = graph.inputsOf(shape).map((each) => names.get(branches.follow(each, input.name).node))[0];
    if (of === undefined || ++computed > MAX_SHAPES) return undefined;
    return inferShapes(builder.graph, [of]).get(of);
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
