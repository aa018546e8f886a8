import type { Graph } from '../graph/Graph.js';

/**
 * What a reader makes of a file: the network as it stands there, in TensorFlow's terms, for the passes to simplify.
 *
 * - One `Placeholder`, [1, size, size, 3] (NHWC, whatever the file has); batches of any size are read as one picture.
 * - Nodes are those that `GraphBuilder` makes, and names are the file's own names of layers, so that errors can name them.
 * - Batch norms, dropout, flattening, constants that are computed: as they come; folding them is the passes' work. What only training uses is
 *   left out.
 * - Every weight is float32 (or int32 for shapes and axes), already decoded, in TensorFlow's order: filters [h, w, in, out], depthwise ones
 *   [h, w, channels, multiplier], dense ones [in, out].
 */
export interface ImportedGraph {
  readonly graph: Graph;
  /** The placeholder's name. */
  readonly input: string;
  /** The node that gives the embedding, [1, n]. An L2 normalization at the end may be there or not. */
  readonly output: string;
  /** The format in a few words, such as "Keras 2 HDF5 (weights only)". */
  readonly format: string;
  /** The network's name where it is known, such as "Inception-ResNet-v1". */
  readonly architecture?: string;
  /** What a user should know: what was left out, or guessed. Sentences. */
  readonly notes: readonly string[];
}
