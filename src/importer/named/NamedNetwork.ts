import type { Architecture } from '../architectures/Architecture.js';
import type { Part } from '../architectures/WeightSource.js';

/** A network as PyTorch's modules name it. */
export interface NamedNetwork {
  readonly architecture: Architecture;
  /** A key that its state_dict has, and no other's. */
  readonly anchor: string;
  /** Keys that are known and not used, such as a classifier's. */
  readonly unused?: RegExp;
  /**
   * The key of a tensor, without what stands before every key.
   * @returns undefined where the network can have no such layer
   */
  keyOf(layer: string, part: Part): string | undefined;
}
