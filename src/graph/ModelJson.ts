/** The parts of `model.json`, as TensorFlow.js and its converter define it, that are read and written here. */
export interface ModelJson {
  readonly format?: string;
  readonly modelTopology: { readonly node: readonly RawNode[]; readonly library?: unknown; readonly versions?: unknown };
  readonly weightsManifest: readonly WeightGroup[];
}

/** A node as protocol buffers write it in JSON: texts in base64, integers as text. */
export interface RawNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

/** Weights stored one after another in the concatenation of some files. */
export interface WeightGroup {
  readonly paths?: readonly string[];
  readonly weights: readonly WeightSpec[];
}

export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: Quantization;
}

/** How numbers are stored if not as they are: level n of `uint8` and `uint16` stands for n × scale + min. */
export interface Quantization {
  readonly dtype: string;
  readonly min?: number;
  readonly scale?: number;
  readonly original_dtype?: string;
}
