import type { Part } from '../architectures/WeightSource.js';

/** PyTorch's names of a layer's own tensors, and of its batch norm's. */
const OWN: Partial<Record<Part, string>> = { filter: 'weight', depthwise: 'weight', weights: 'weight', bias: 'bias' };
const NORM: Partial<Record<Part, string>> = { gamma: 'weight', beta: 'bias', mean: 'running_mean', variance: 'running_var' };

/**
 * The key of a tensor.
 * @param own the module of the convolution or dense layer
 * @param norm the module of the batch norm after it
 */
export function keyOfParts(own: string, norm: string, part: Part): string {
  return OWN[part] !== undefined ? `${own}.${OWN[part]}` : `${norm}.${NORM[part]!}`;
}
