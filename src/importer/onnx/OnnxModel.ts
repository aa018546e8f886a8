import type { Constant } from './Value.js';

/** What this reader takes of a file. Names are the file's own. */
export interface OnnxModel {
  readonly irVersion: number;
  /** Of the standard operators. */
  readonly opset: number;
  /** Who wrote the file, such as "pytorch 1.13.0"; empty where it does not say. */
  readonly producer: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: ReadonlyMap<string, Constant>;
  /** Also those that are initializers, as files of IR 3 have them. */
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

export interface OnnxNode {
  /** Often empty. */
  readonly name: string;
  readonly op: string;
  /** Empty for the standard operators. */
  readonly domain: string;
  /** An empty name is an input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, OnnxAttribute>;
}

/** Whatever is not read here, such as a graph, is null. */
export type OnnxAttribute = number | string | readonly number[] | readonly string[] | Constant | null;

export interface OnnxValueInfo {
  readonly name: string;
  /** A dimension is a count, or the name of one that may be anything. Undefined where the file does not say. */
  readonly shape?: readonly (number | string)[];
}
