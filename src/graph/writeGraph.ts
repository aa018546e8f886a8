import { encodeWeight, type EncodedWeight } from './encodeWeight.js';
import type { Graph, GraphNode, Tensor } from './Graph.js';
import type { ModelJson, RawNode } from './ModelJson.js';
import { writeAttribute } from './writeAttribute.js';

/** The files of a graph model with a single weight file, `weights.bin`. */
export interface WrittenGraph {
  readonly modelJson: ModelJson;
  readonly weights: Uint8Array;
}

/**
 * Writes a graph in the form that TensorFlow.js loads; the output is the same on every machine. Nodes and weights keep their order.
 * @param encode how each weight is stored; by default as it is
 * @throws RangeError if no node represents a weight, and whatever `encode` throws
 */
export function writeGraph(
  { nodes, weights, library = {}, versions = {} }: Graph,
  encode: (name: string, weight: Tensor) => EncodedWeight = (name, weight) => encodeWeight(name, weight, 'float32'),
): WrittenGraph {
  for (const name of weights.keys()) if (!nodes.has(name)) throw new RangeError(`expected a node for the weight "${name}", got none`);
  const encoded = [...weights].map(([name, weight]) => encode(name, weight));
  return {
    modelJson: {
      format: 'graph-model',
      modelTopology: { node: [...nodes.values()].map(writeNode), library, versions },
      weightsManifest: [{ paths: ['weights.bin'], weights: encoded.map(({ spec }) => spec) }],
    },
    weights: concatenated(encoded.map(({ bytes }) => bytes)),
  };
}

function writeNode({ name, op, inputs, attributes }: GraphNode): RawNode {
  const attr = Object.fromEntries(Object.entries(attributes).map(([key, attribute]) => [key, writeAttribute(attribute)]));
  return { name, op, ...(inputs.length > 0 && { input: inputs }), attr };
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
