import { importFailed } from '../importFailed.js';
import { readProtobuf } from '../protobuf/MessageType.js';
import { GRAPH, type TfNode } from './messages.js';

/** One result of a node. */
export interface Reference {
  readonly node: TfNode;
  /** Which of its results; almost always 0. */
  readonly port: number;
}

/** What a file holds, with nodes to be found by name. */
export class FrozenGraph {
  readonly nodes: ReadonlyMap<string, TfNode>;

  /** @throws VisavisError `import-failed` that names the byte or node */
  constructor(bytes: Uint8Array) {
    const { nodes } = readProtobuf('TensorFlow graph', GRAPH, bytes);
    if (nodes.length === 0) throw importFailed('The TensorFlow graph has no nodes: the file is cut off, or it is no frozen graph.');
    this.nodes = new Map(nodes.map((node) => [node.name, node]));
    if (this.nodes.size < nodes.length) throw importFailed('Two nodes of the TensorFlow graph have the same name.');
  }

  /** The results that a node reads; edges that only say what runs first are none. */
  inputsOf(node: TfNode): Reference[] {
    return node.inputs.filter((input) => !input.startsWith('^')).map((input) => this.find(input, node));
  }

  /** @param input `name` or `name:port`, perhaps with ^ before it @param reader of the input, for messages */
  find(input: string, reader: TfNode): Reference {
    const bare = input.startsWith('^') ? input.slice(1) : input;
    const colon = bare.lastIndexOf(':');
    const name = colon < 0 ? bare : bare.slice(0, colon);
    const node = this.nodes.get(name);
    if (!node) throw importFailed(`The node ${name}, an input of ${reader.name}, does not exist: the graph is damaged, or was cut badly.`);
    return { node, port: colon < 0 ? 0 : Number(bare.slice(colon + 1)) };
  }
}
