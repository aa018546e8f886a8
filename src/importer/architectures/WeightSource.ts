import type { Tensor } from '../../graph/Graph.js';

/**
 * The tensors of a layer, by what they do. In TensorFlow's order: `filter` [height, width, inputs, outputs] of a convolution, `depthwise`
 * [height, width, channels, multiplier], `weights` [inputs, outputs] of a dense layer; the others have one value a channel.
 */
export type Part = 'filter' | 'depthwise' | 'weights' | 'bias' | 'gamma' | 'beta' | 'mean' | 'variance';

/** Where an architecture takes its weights from: a file's tensors, or random numbers. Layers go by the architecture's own names. */
export interface WeightSource {
  /**
   * Whether the network has the layer: files say by their tensors how many blocks there are.
   * @param usual whether the published network has it
   */
  has(layer: string, usual: boolean): boolean;
  /**
   * The tensor, or undefined where there is none.
   * @param usual its shape in the published network, or undefined where that has no such tensor
   */
  find(layer: string, part: Part, usual: readonly number[] | undefined): Tensor | undefined;
  /** What the file calls the layer, and its tensor: for the names of nodes and for messages. */
  nameOf(layer: string, part: Part): { readonly layer: string; readonly tensor: string };
}
