import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import type { Step, Value } from './Step.js';

/** What a node stands for: a value that a step makes, perhaps seen with more (zero) channels or through a final sigmoid. */
export interface Handle {
  readonly value: Value;
  /** How many zero channels follow. */
  readonly padded: number;
  readonly sigmoid: boolean;
}

/** Turns a node into a handle, adding the steps that it needs. */
export type NodePlanner = (node: GraphNode, planner: Planner) => Handle;

/** The steps of a plan while it grows: each node that is asked for is planned once, after what it reads. */
export class Planner {
  readonly #handles = new Map<string, Handle>();
  readonly #uses = new Map<string, number>();
  #steps: Step[] = [];

  constructor(
    private readonly graph: Graph,
    /** The picture that goes in. */
    readonly input: Value,
    private readonly planNode: NodePlanner,
  ) {}

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** How many nodes read each node, counted from the outputs on: only what one reader reads can be fused into it. */
  count(name: string): void {
    const seen = this.#uses.get(name) ?? 0;
    this.#uses.set(name, seen + 1);
    if (seen === 0) for (const input of this.graph.nodes.get(name)?.inputs ?? []) this.count(input);
  }

  handle(name: string): Handle {
    let handle = this.#handles.get(name);
    if (!handle) {
      const node = this.graph.nodes.get(name);
      if (!node) throw new Error(`the graph has no node "${name}"`);
      handle = this.planNode(node, this);
      this.#handles.set(name, handle);
    }
    return handle;
  }

  /** What a step can read. */
  value(name: string): Value {
    const { value, padded, sigmoid } = this.handle(name);
    if (padded > 0 || sigmoid) throw new Error(`"${name}" cannot be read further`);
    return value;
  }

  weight(name: string): Tensor {
    const node = this.graph.nodes.get(name);
    const weight = this.graph.weights.get(name) ?? (node?.op === 'Identity' ? this.weight(node.inputs[0]!) : undefined);
    if (!weight) throw new Error(`"${name}" is no stored weight`);
    return weight;
  }

  /** The values of a weight that steps compute with. */
  floats(name: string): Float32Array {
    const { values } = this.weight(name);
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }

  push(step: Step): Handle {
    this.#steps.push(step);
    return whole(step.output);
  }

  /** The step moves to the end, since what is fused into it may just have been computed; its only reader comes later still. */
  replace(old: Step, step: Step): Handle {
    this.#steps = this.#steps.filter((s) => s !== old);
    return this.push(step);
  }

  /** Lets the step that makes a value write it elsewhere, in its place in the order. False where no step makes it or others read it too. */
  redirect(value: Value, output: Value): boolean {
    const maker = this.#readOnce(value) ? this.#steps.findIndex((step) => step.output === value) : -1;
    if (maker < 0) return false;
    this.#steps[maker] = { ...this.#steps[maker]!, output };
    return true;
  }

  /** The step that makes a node's value, when more can be fused into it: it has no activation yet and one reader. */
  openStep(name: string): Step | undefined {
    const { value, padded, sigmoid } = this.handle(name);
    if (padded > 0 || sigmoid || !this.#readOnce(value)) return undefined;
    const step = this.#steps.find(({ output }) => output === value);
    return step?.filter?.activation.kind === 'linear' ? step : undefined;
  }

  /** Whether only one node reads a value, whatever names it goes by. */
  #readOnce(value: Value): boolean {
    return [...this.#handles].every(([name, handle]) => handle.value !== value || this.#uses.get(name) === 1);
  }
}

/** All of a value, as it is. */
export const whole = (value: Value): Handle => ({ value, padded: 0, sigmoid: false });
