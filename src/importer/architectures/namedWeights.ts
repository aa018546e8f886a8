import type { Tensor } from '../../graph/Graph.js';
import type { Naming } from './Naming.js';
import type { Part, WeightSource } from './WeightSource.js';

export interface NamedWeights extends WeightSource {
  /** Keys that nothing has asked for yet. */
  unused(): string[];
}

/**
 * A file's tensors as the weights of an architecture.
 * @param tensors by their key in the file; a map, since keys are anybody's words
 * @param arrange puts a tensor into TensorFlow's order, for files that have another
 */
export function namedWeights(
  tensors: ReadonlyMap<string, Tensor>,
  naming: Naming,
  arrange: (tensor: Tensor, part: Part, name: string) => Tensor = (tensor) => tensor,
): NamedWeights {
  const used = new Set<string>();
  const nameOf = (layer: string, part: Part) => naming(layer, part) ?? { layer, tensor: `${layer}/${part}` };
  return {
    nameOf,
    has: (layer) =>
      (['filter', 'depthwise', 'weights'] as const).some((part) => {
        const name = naming(layer, part);
        return name !== undefined && tensors.has(name.tensor);
      }),
    find(layer, part) {
      const name = naming(layer, part);
      const tensor = name && tensors.get(name.tensor);
      if (!tensor) return undefined;
      used.add(name.tensor);
      return arrange(tensor, part, name.tensor);
    },
    unused: () => [...tensors.keys()].filter((key) => !used.has(key)),
  };
}
