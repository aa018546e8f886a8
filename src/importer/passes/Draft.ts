import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { inferShapes } from '../../graph/inferShapes.js';
import { orderNodes } from '../../graph/orderNodes.js';
import type { Network } from './Network.js';

/** A network that is being rewritten: knows who reads what, and the shape of every result. */
export class Draft {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #weights: Map<string, Tensor>;
  readonly #readers = new Map<string, Set<string>>();
  readonly #shapes: Map<string, readonly number[]>;
  readonly #input: string;
  #output: string;

  constructor({ graph, input, output }: Network) {
    this.#weights = new Map(graph.weights);
    this.#shapes = inferShapes(graph, [output, input]);
    this.#input = input;
    this.#output = output;
    for (const node of orderNodes(graph, [output, input])) this.#link(node);
  }

  get output(): string {
    return this.#output;
  }

  /** The nodes as they are now, in the order in which they came. */
  nodes(): GraphNode[] {
    return [...this.#nodes.values()];
  }

  node(name: string): GraphNode | undefined {
    return this.#nodes.get(name);
  }

  shape(name: string): readonly number[] {
    return this.#shapes.get(name) ?? [];
  }

  /** The values of an input that is a constant. */
  weight(node: GraphNode, i: number): Tensor | undefined {
    return this.#weights.get(node.inputs[i] ?? '');
  }

  /** The nodes that read a result. */
  readers(name: string): GraphNode[] {
    return [...(this.#readers.get(name) ?? [])].map((reader) => this.#nodes.get(reader)!);
  }

  /** The node that computes an input, if nothing but `reader` needs it. */
  sole(reader: GraphNode, i: number): GraphNode | undefined {
    const name = reader.inputs[i] ?? '';
    const readers = this.#readers.get(name);
    if (name === this.#output || readers?.size !== 1 || reader.inputs.filter((input) => input === name).length !== 1) return undefined;
    return this.#weights.has(name) ? undefined : this.#nodes.get(name);
  }

  /** Puts a node in the place of the one that has its name, or adds it. @param shape where it is new */
  set(node: GraphNode, shape = this.shape(node.name)): string {
    this.#unlink(node.name);
    this.#link(node);
    this.#shapes.set(node.name, shape);
    return node.name;
  }

  /** Adds a constant, under this name or a similar one. */
  constant(name: string, tensor: Tensor): string {
    const free = this.free(name);
    const type = tensor.values instanceof Int32Array ? 'DT_INT32' : 'DT_FLOAT';
    this.#weights.set(free, tensor);
    return this.set({ name: free, op: 'Const', inputs: [], attributes: { dtype: { type } } }, tensor.shape);
  }

  /** Whoever reads `name` reads `other` from now on; the node of that name is taken out. */
  bypass(name: string, other: string): void {
    for (const reader of this.readers(name)) {
      this.set({ ...reader, inputs: reader.inputs.map((input) => (input === name ? other : input)) });
    }
    if (this.#output === name) this.#output = other;
    this.remove(name);
  }

  remove(name: string): void {
    this.#unlink(name);
    this.#nodes.delete(name);
    this.#weights.delete(name);
  }

  /** The name, or, where it is taken, a similar one. */
  free(name: string): string {
    let free = name;
    for (let n = 2; this.#nodes.has(free); n++) free = `${name}_${n}`;
    return free;
  }

  /** What has become of the network: only what the output needs, each node after its inputs. */
  network(): Network {
    return this.endingIn(this.#output);
  }

  /** The network with another output. */
  endingIn(output: string): Network {
    const graph = { nodes: this.#nodes, weights: this.#weights };
    const nodes = orderNodes(graph, [this.#input, output]);
    return {
      graph: {
        nodes: new Map(nodes.map((node) => [node.name, node])),
        weights: new Map(nodes.flatMap(({ name }) => (this.#weights.has(name) ? [[name, this.#weights.get(name)!]] : []))),
      },
      input: this.#input,
      output,
    };
  }

  #link(node: GraphNode): void {
    this.#nodes.set(node.name, node);
    for (const input of node.inputs) {
      const readers = this.#readers.get(input);
      if (readers) readers.add(node.name);
      else this.#readers.set(input, new Set([node.name]));
    }
  }

  #unlink(name: string): void {
    for (const input of this.#nodes.get(name)?.inputs ?? []) this.#readers.get(input)?.delete(name);
  }
}
