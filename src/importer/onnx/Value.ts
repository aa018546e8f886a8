/**
 * What a name stands for while a file is read. ONNX keeps channels before rows and columns, TensorFlow after them: a value remembers how what
 * is computed lies, and what the file believes of it.
 */
export type Value = Constant | Picture | Vector | Norm;

/** Known while the file is read: a weight, a shape, an axis. In the file's order. */
export interface Constant {
  readonly kind: 'constant';
  /** Of the tensor of the file that it comes from. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Integers of all kinds, and flags, are float64. */
  readonly values: Float32Array | Float64Array;
}

/** The node gives [1, height, width, channels]. The file believes [batch, channels, height, width], or with `last` what it is. */
export interface Picture {
  readonly kind: 'picture';
  readonly node: string;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly last: boolean;
  /** Whether no value can be below zero. */
  readonly positive: boolean;
}

/** The node gives [1, size]. */
export interface Vector {
  readonly kind: 'vector';
  readonly node: string;
  readonly size: number;
  /** What the file believes: the batch, and axes of which at most one is not 1. */
  readonly shape: readonly number[];
  /** The picture [channels, height, width] that was flattened: the file counts its values in this order, the node with channels last. */
  readonly flattened?: readonly [number, number, number];
  /** The node whose values are squared here. */
  readonly squareOf?: string;
  /** The node whose absolute values these are. */
  readonly absoluteOf?: string;
  /** Whether it has unit length. */
  readonly unit?: boolean;
}

/** One number: the length of a vector, to some power. */
export interface Norm {
  readonly kind: 'norm';
  /** The vector's node. */
  readonly of: string;
  readonly power: number;
  readonly shape: readonly number[];
}
