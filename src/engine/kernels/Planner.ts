import { corrupt } from '../../graph/corrupt.js';
import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import { orderNodes } from '../../graph/orderNodes.js';
import { fillZeros } from './fillZeros.js';
import { hasZeros, pictureOf, whole, type Handle } from './Handle.js';
import type { Filter, Step, Value } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

/** Turns a node into a handle, adding the steps that it needs. */
export type NodePlanner = (node: GraphNode, planner: Planner) => Handle;

/** A step that more can be fused into. */
export type OpenStep = Step & { readonly filter: Filter };

/** Operations that add no step: what they give is the value that they are given. Whoever reads the one reads the other. */
const PASSING: readonly string[] = ['Identity', 'Reshape', 'Pad', 'Sigmoid'];

/** The steps of a plan as it grows. */
export class Planner {
  readonly #handles = new Map<string, Handle>();
  /** The first name of the value behind each name. */
  readonly #roots = new Map<string, string>();
  /** How often each value is read, under all of its names; by the first of these. */
  readonly #reads = new Map<string, number>();
  /** The values of nodes that pass on a stored weight. */
  readonly #constants = new Map<string, Tensor>();
  #placeholder: GraphNode | undefined;
  #steps: Step[] = [];

  constructor(
    private readonly graph: Graph,
    /** The input picture. */
    readonly input: Value,
  ) {}

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /**
   * Plans what the outputs depend on, each node once, after its inputs.
   * @returns the handle of each output; undefined for what is stored rather than computed
   */
  plan(outputs: readonly string[], planNode: NodePlanner): (Handle | undefined)[] {
    // What is stored is taken where it is read.
    const nodes = orderNodes(this.graph, outputs).filter((node) => node.op !== 'Const' && !this.#isStored(node));
    for (const { name, op, inputs } of nodes) {
      const passing = PASSING.includes(op);
      this.#roots.set(name, passing ? this.#rootOf(inputs[0] ?? '') : name);
      if (!passing) inputs.forEach((input) => this.#countRead(input));
    }
    outputs.forEach((output) => this.#countRead(output));
    for (const node of nodes) this.#handles.set(node.name, planNode(node, this));
    return outputs.map((name) => this.#handles.get(name));
  }

  /** The input picture, for the one placeholder that stands for it. */
  takeInput(node: GraphNode): Value {
    if (this.#placeholder) throw unsupported(node, `a second input beside "${this.#placeholder.name}"`);
    this.#placeholder = node;
    return this.input;
  }

  /** The handle of a node's input. */
  handle(node: GraphNode, i: number): Handle {
    const name = nameOf(node, i);
    const handle = this.#handles.get(name);
    if (!handle) throw unsupported(node, `"${name}", a stored weight or a second result, in this place`);
    return handle;
  }

  /**
   * A node's input, for a step to read: [1, h, w, c], or [1, c] as a picture with a single position. Zeros around it are written down for
   * this reader.
   */
  value(node: GraphNode, i: number): Value {
    const picture = this.padded(node, i);
    const handle = this.handle(node, i);
    if (!hasZeros(handle)) return picture;
    if (handle.zeros.channels > 0) throw unsupported(node, 'padding of channels before it');
    return this.push(fillZeros(picture, handle.zeros)).value;
  }

  /** A node's input without the zeros around it. */
  padded(node: GraphNode, i: number): Value {
    const handle = this.handle(node, i);
    const picture = handle.sigmoid ? null : pictureOf(handle);
    if (!picture) throw unsupported(node, handle.sigmoid ? 'a sigmoid before it' : `inputs of the shape [${handle.shape.join()}]`);
    return picture;
  }

  /** The handle of a node's input that has to be [batch, height, width, channels]. */
  fourAxes(node: GraphNode, i: number): Handle {
    const handle = this.handle(node, i);
    if (handle.shape.length === 4) return handle;
    throw corrupt(`${node.op} "${node.name}" is fed the shape [${handle.shape.join()}], which has not four axes`);
  }

  isConstant(node: GraphNode, i: number): boolean {
    return this.#stored(nameOf(node, i)) !== undefined;
  }

  /** A stored weight that a node reads, perhaps through others that pass it on. */
  constant(node: GraphNode, i: number): Tensor {
    const name = nameOf(node, i);
    const tensor = this.#stored(name);
    if (tensor) return tensor;
    if (this.graph.nodes.get(name)?.op === 'Const') throw corrupt(`the values of "${name}" are not among the weights`);
    throw unsupported(node, `"${name}", which is computed, in this place`);
  }

  /** A weight's values, as floats. */
  floats(node: GraphNode, i: number): Float32Array {
    const { values } = this.constant(node, i);
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }

  push(step: Step, shape?: readonly number[]): Handle {
    this.#steps.push(step);
    return whole(step.output, shape);
  }

  /**
   * Replaces a step, and moves it to the end, since what is fused into it may have been computed only just before. Its only reader comes
   * later still.
   */
  replace(old: Step, step: Step, shape: readonly number[]): Handle {
    this.#steps = this.#steps.filter((s) => s !== old);
    return this.push(step, shape);
  }

  /**
   * Makes the step that computes a node's input write it elsewhere, without changing the order. Returns false if no step computes it in the
   * shape that the node reads, or if others read it too.
   */
  redirect(node: GraphNode, i: number, output: Value): boolean {
    const maker = this.#makerOf(node, i);
    if (maker) this.#steps[this.#steps.indexOf(maker)] = { ...maker, output };
    return maker !== undefined;
  }

  /** The step that computes a node's input, if more can be fused into it: it has no activation yet, and a single reader. */
  openStep(node: GraphNode, i: number): OpenStep | undefined {
    const step = this.#makerOf(node, i);
    return step && isOpen(step) ? step : undefined;
  }

  /** The step that computes just what a node reads, if nothing else reads that under any name. */
  #makerOf(node: GraphNode, i: number): Step | undefined {
    const handle = this.handle(node, i);
    if (hasZeros(handle) || handle.sigmoid || this.#reads.get(this.#rootOf(nameOf(node, i))) !== 1) return undefined;
    const picture = pictureOf(handle);
    return this.#steps.find(({ output }) => output === picture);
  }

  #countRead(name: string): void {
    const root = this.#rootOf(name);
    this.#reads.set(root, (this.#reads.get(root) ?? 0) + 1);
  }

  #rootOf(name: string): string {
    return this.#roots.get(name) ?? name;
  }

  /** Whether a node stands for a weight, or passes one on; notes its values. To be asked after the node's inputs. */
  #isStored({ name, op, inputs }: GraphNode): boolean {
    const tensor = this.graph.weights.get(name) ?? (op === 'Identity' ? this.#stored(inputs[0] ?? '') : undefined);
    if (tensor) this.#constants.set(name, tensor);
    return tensor !== undefined;
  }

  #stored(name: string): Tensor | undefined {
    return this.#constants.get(name) ?? this.graph.weights.get(name);
  }
}

function isOpen(step: Step): step is OpenStep {
  return step.filter?.activation.kind === 'linear';
}

function nameOf({ op, name, inputs }: GraphNode, i: number): string {
  const input = inputs[i];
  if (input === undefined) throw corrupt(`${op} "${name}" has only ${inputs.length} inputs`);
  return input;
}
