import type { Tensor } from '../../graph/Graph.js';
import { inceptionResnetV1 } from '../architectures/inceptionResnetV1.js';
import { mobilenet } from '../architectures/mobilenet.js';
import type { Naming } from '../architectures/Naming.js';
import { namedWeights } from '../architectures/namedWeights.js';
import type { Architecture } from '../architectures/Architecture.js';
import { writeArchitecture } from '../architectures/writeArchitecture.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import type { ReadOptions } from '../ReadOptions.js';
import { inceptionResnetNames, mobilenetNames } from './kerasNames.js';

/** A network that is known by its layers' names in Keras. */
interface Known {
  readonly architecture: Architecture;
  /** A weight that no other network has. */
  readonly sign: string;
  naming(keys: ReadonlySet<string>): Naming;
}

const KNOWN: readonly Known[] = [
  { architecture: mobilenet, sign: 'conv_pw_1/kernel:0', naming: () => mobilenetNames },
  { architecture: inceptionResnetV1, sign: 'Conv2d_1a_3x3/kernel:0', naming: (keys) => inceptionResnetNames(lastBlock8(keys)) },
];

/**
 * A network from its weights alone.
 * @param tensors by layer and weight, `conv1/kernel:0`
 */
export function readWeightsOnly(
  tensors: ReadonlyMap<string, Tensor>,
  format: string,
  { architecture, inputSize }: ReadOptions,
): ImportedGraph {
  if (tensors.size === 0) throw importFailed('No weights were found: the file has no layers with weights where Keras keeps them.');
  const known = KNOWN.find(({ architecture: { id }, sign }) => (architecture === undefined ? tensors.has(sign) : architecture === id));
  if (!known) {
    const some = [...tensors.keys()].slice(0, 4).join(', ');
    throw importFailed(
      `The file has weights and no network, and ${architecture === undefined ? 'its layers are' : `${architecture} is`} not known here (${some} …): ` +
        `save the whole model with model.save(), or name one of ${KNOWN.map(({ architecture: { id } }) => id).join(', ')} as its architecture.`,
    );
  }
  const source = namedWeights(tensors, known.naming(new Set(tensors.keys())));
  const written = writeArchitecture(known.architecture, source, inputSize);
  const unused = source.unused();
  const notes =
    unused.length > 0
      ? [`Weights that the network does not have were left out: ${unused.slice(0, 4).join(', ')}${unused.length > 4 ? ' …' : ''}.`]
      : [];
  return { ...written, format, notes };
}

function lastBlock8(keys: ReadonlySet<string>): number {
  let last = 1;
  while (keys.has(`Block8_${last + 1}_Branch_0_Conv2d_1x1/kernel:0`)) last++;
  return last;
}
