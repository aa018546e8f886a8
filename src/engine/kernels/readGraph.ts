import type { GraphFiles } from '../loadModel.js';

/** A node of a TensorFlow.js graph model: its operation, the names of its inputs, and its attributes as plain values. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Weight {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface ReadGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly weights: ReadonlyMap<string, Weight>;
}

interface WeightSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly quantization?: { readonly dtype: string; readonly scale?: number; readonly min?: number };
}

interface GraphModelJson {
  readonly modelTopology: {
    readonly node: readonly { name: string; op: string; input?: string[]; attr?: Record<string, RawAttribute> }[];
  };
  readonly weightsManifest: readonly { readonly weights: readonly WeightSpec[] }[];
}

interface RawAttribute {
  readonly s?: string;
  readonly i?: string | number;
  readonly f?: number;
  readonly b?: boolean;
  readonly list?: { readonly s?: string[]; readonly i?: (string | number)[] };
}

/** Reads a graph model (tensorflow/tfjs, `ModelJSON`) and decodes its weights to float32. */
export function readGraph({ modelJson, weights }: GraphFiles): ReadGraph {
  const { modelTopology, weightsManifest } = modelJson as GraphModelJson;
  const nodes = new Map<string, GraphNode>();
  for (const { name, op, input = [], attr = {} } of modelTopology.node) {
    const attributes = Object.fromEntries(Object.entries(attr).map(([key, value]) => [key, plain(value)]));
    nodes.set(name, { name, op, inputs: input.map((n) => n.replace(/:0$/, '')).filter((n) => !n.startsWith('^')), attributes });
  }
  const decoded = new Map<string, Weight>();
  let at = 0;
  for (const spec of weightsManifest.flatMap((group) => group.weights)) {
    const count = spec.shape.reduce((product, n) => product * n, 1);
    const stored = spec.quantization?.dtype ?? spec.dtype;
    const bytes = count * bytesOf(stored);
    decoded.set(spec.name, { shape: spec.shape, values: decode(weights.slice(at, at + bytes), stored, spec) });
    at += bytes;
  }
  return { nodes, weights: decoded };
}

function plain({ s, i, f, b, list }: RawAttribute): unknown {
  if (list) return list.s?.map((text) => atob(text)) ?? list.i?.map(Number) ?? [];
  return s !== undefined ? atob(s) : i !== undefined ? Number(i) : (f ?? b);
}

function bytesOf(dtype: string): number {
  const bytes = { float32: 4, int32: 4, float16: 2, uint16: 2, uint8: 1 }[dtype];
  if (!bytes) throw new Error(`weights of type ${dtype} are not supported`);
  return bytes;
}

function decode(bytes: ArrayBuffer, stored: string, { quantization }: WeightSpec): Float32Array {
  const { scale = 1, min = 0 } = quantization ?? {};
  switch (stored) {
    case 'float32':
      return new Float32Array(bytes);
    case 'int32':
      return mapped(new Int32Array(bytes), (n) => n);
    case 'float16':
      return mapped(new Uint16Array(bytes), halfToSingle);
    default:
      return mapped(stored === 'uint8' ? new Uint8Array(bytes) : new Uint16Array(bytes), (q) => q * scale + min);
  }
}

/** Like `Float32Array.from`, which takes ten times as long. */
function mapped(stored: ArrayLike<number>, value: (stored: number) => number): Float32Array {
  const out = new Float32Array(stored.length);
  for (let i = 0; i < out.length; i++) out[i] = value(stored[i]!);
  return out;
}

/** IEEE 754 binary16. */
function halfToSingle(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
