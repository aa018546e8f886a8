import { corrupt } from './corrupt.js';
import { decodeWeights } from './decodeWeights.js';
import type { Attribute, Graph, GraphNode } from './Graph.js';
import type { RawNode } from './ModelJson.js';
import { orderNodes } from './orderNodes.js';
import { parseModelJson } from './parseModelJson.js';
import { readAttribute } from './readAttribute.js';

/** The files of a graph model. */
export interface GraphSource {
  /** `model.json`: its text, or what that parses to. */
  readonly modelJson: unknown;
  /** All weight files, one after another. */
  readonly weights: ArrayBuffer | Uint8Array;
}

/**
 * Reads a TensorFlow.js graph model. Whether an operation is known, and what it means, is up to the graph's user.
 * @throws VisavisError `model-corrupt`, naming the node or weight: if the files are malformed, a name occurs twice, an input is missing, or
 *   a node depends on itself
 */
export function readGraph({ modelJson, weights: bytes }: GraphSource): Graph {
  const { modelTopology, weightsManifest } = parseModelJson(modelJson);
  const nodes = new Map<string, GraphNode>();
  for (const raw of modelTopology.node) {
    if (nodes.has(raw.name)) throw corrupt(`there are two nodes "${raw.name}"`);
    nodes.set(raw.name, readNode(raw));
  }
  const specs = weightsManifest.flatMap((group) => group.weights);
  const weights = decodeWeights(specs, bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes));
  orderNodes({ nodes, weights }, nodes.keys());
  const { library, versions } = modelTopology;
  return { nodes, weights, library, versions };
}

function readNode({ name, op, input = [], attr = {} }: RawNode): GraphNode {
  const attributes = Object.entries(attr).map(([key, raw]): [string, Attribute] => {
    const attribute = readAttribute(raw);
    if (attribute === null) throw corrupt(`the attribute "${key}" of ${op} "${name}" cannot be read`);
    return [key, attribute];
  });
  // `^name` only says what has to run before; nothing here has side effects that another node could see.
  const inputs = input.filter((from) => !from.startsWith('^')).map((from) => from.replace(/:0$/, ''));
  return { name, op, inputs, attributes: Object.fromEntries(attributes) };
}
