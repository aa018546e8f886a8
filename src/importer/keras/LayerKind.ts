import type { Tensor } from '../../graph/Graph.js';
import type { GraphBuilder } from '../GraphBuilder.js';
import type { JsonObject } from './Json.js';

/** A result of a layer: its node, and its shape without the batch: [height, width, channels] or [values]. */
export interface Value {
  readonly node: string;
  readonly shape: readonly number[];
}

/** A weight with the name that the file gives it. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/** One call of a layer that is to be written down. */
export interface LayerCall {
  readonly builder: GraphBuilder;
  /** The layer's name, with the names of the models that it is in. */
  readonly name: string;
  readonly className: string;
  readonly config: JsonObject;
  readonly inputs: readonly Value[];
  /** In the order of `weights` of the kind. */
  readonly weights: readonly NamedTensor[];
}

/** How layers of one class are written as nodes. */
export interface LayerKind {
  /** What its weights are, in Keras' order; without it there are none. */
  weights?(config: JsonObject): readonly string[];
  build(call: LayerCall): Value;
}
