import type { Graph } from '../../graph/Graph.js';

/**
 * A graph from a picture to an embedding, as the passes hand it on. Whatever a pass does, a node that keeps its name keeps its values: so
 * what comes out can be compared with what went in, layer by layer.
 */
export interface Network {
  readonly graph: Graph;
  /** The placeholder's name. */
  readonly input: string;
  /** The node that gives the embedding. */
  readonly output: string;
}
