/**
 * Values in rows: the last axis changes fastest, so a picture is [1, height, width, channels]. The kind of array is the type of the values:
 * float32, int32, or one byte for each of `bool`.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Uint8Array;
}

/**
 * What a node says about how it computes. Texts, whole numbers, flags and lists of them are plain values; the kinds that look the same but are
 * written otherwise are wrapped; what nothing here reads is kept as it stands in the file.
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
  /** −1: any size. */
  | { readonly shape: readonly number[] }
  | { readonly raw: unknown };

/** An operation, fed by the results of other nodes or by weights. */
export interface GraphNode {
  readonly name: string;
  /** TensorFlow's name of the operation. */
  readonly op: string;
  /** Names of nodes; `name:1` is the second result of a node that has several. */
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A graph model, in the order of its file. A weight bears the name of the node that stands for it. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly weights: ReadonlyMap<string, Tensor>;
  /** What else stands in the file's topology, kept as it is. */
  readonly library?: unknown;
  readonly versions?: unknown;
}
