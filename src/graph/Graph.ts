/**
 * Values in row-major order: the last axis changes fastest, so a picture is [1, height, width, channels]. The kind of array gives the type
 * of the values: float32, int32, or one byte each for `bool`.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
  /** Of floats that are stored in 8 bits: those, and what they stand for. `values` are then made when they are first asked for. */
  readonly grid?: Grid;
}

/** Level n stands for n × scale + min. */
export interface Spacing {
  readonly min: number;
  readonly scale: number;
}

export interface Grid extends Spacing {
  /** In the order of the values. */
  readonly levels: Uint8Array;
}

/**
 * A parameter of a node's operation. Texts, integers, flags and lists of them are plain values. Kinds that look the same but are written
 * differently are wrapped. Anything that is not read here is kept as it is in the file.
 */
export type Attribute =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | { readonly float: number }
  /** A TensorFlow type, such as DT_FLOAT. */
  | { readonly type: string }
  /** −1 means any size. */
  | { readonly shape: readonly number[] }
  | { readonly raw: unknown };

/** An operation, whose inputs are the results of other nodes, or weights. */
export interface GraphNode {
  readonly name: string;
  /** TensorFlow's name of the operation. */
  readonly op: string;
  /** Names of nodes; `name:1` is the second result of a node with several results. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A graph model, in the order of its file. A weight has the name of the node that represents it. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Everything else in the file's topology, kept as it is. */
  readonly library?: unknown;
  readonly versions?: unknown;
}
