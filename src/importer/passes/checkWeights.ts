import { attributesOf } from '../../graph/attributesOf.js';
import { importFailed } from '../importFailed.js';
import type { Network } from './Network.js';

/**
 * Refuses weights that no trained network has.
 * @throws VisavisError `import-failed` that names the tensor: where a weight is not a finite number, or where the variance of a batch norm
 *   is negative
 */
export function checkWeights(network: Network): Network {
  const { nodes, weights } = network.graph;
  for (const [name, { values }] of weights) {
    if (!(values instanceof Float32Array)) continue;
    const at = values.findIndex((v) => !Number.isFinite(v));
    if (at >= 0)
      throw importFailed(
        `A weight is not a finite number: value ${at} of ${name} is ${values[at]!}. The file is damaged, or its training failed.`,
      );
  }
  for (const node of nodes.values()) {
    if (node.op !== 'FusedBatchNormV3') continue;
    const name = node.inputs[4] ?? '';
    const epsilon = attributesOf(node).float('epsilon') ?? 0;
    const variance = weights.get(name)?.values ?? new Float32Array(0);
    const at = variance.findIndex((v: number) => v < 0 || !(v + epsilon > 0));
    if (at >= 0)
      throw importFailed(
        `The variance of the batch norm ${node.name} is ${variance[at]!} (value ${at} of ${name}): it must not be negative.`,
      );
  }
  return network;
}
