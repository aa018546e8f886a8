import type { JsonObject } from './Json.js';

/** A result of a layer: of which call, and which of its results. */
export interface KerasTensor {
  readonly layer: string;
  readonly call: number;
  readonly output: number;
}

/** What a layer is called with. */
export interface KerasCall {
  readonly inputs: readonly KerasTensor[];
  /** Whether it is told to do what it does in training, whatever the model is used for. */
  readonly training: boolean;
}

/** One layer, as a configuration describes it. */
export interface KerasLayer {
  readonly className: string;
  readonly name: string;
  readonly config: JsonObject;
  /** Every time that the layer is called; an input layer never is. */
  readonly calls: readonly KerasCall[];
  /** What the layer itself consists of, where it is a model. */
  readonly model?: KerasModel;
}

/** A model of layers: Functional, or Sequential written out. */
export interface KerasModel {
  readonly name: string;
  readonly layers: ReadonlyMap<string, KerasLayer>;
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
}
