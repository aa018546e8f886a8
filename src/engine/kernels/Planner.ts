import type { Graph, GraphNode, Tensor } from '../../graph/Graph.js';
import type { Step, Value } from './Step.js';

/** What a node represents: a value that a step computes, perhaps seen with additional (zero) channels or through a final sigmoid. */
export interface Handle {
  readonly value: Value;
  /** How many zero channels follow those of the value. */
  readonly padded: number;
  readonly sigmoid: boolean;
}

/** Turns a node into a handle, adding the steps that it needs. */
export type NodePlanner = (node: GraphNode, planner: Planner) => Handle;

/** The steps of a plan as it grows. Each requested node is planned once, after its inputs. */
export class Planner {
  readonly #handles = new Map<string, Handle>();
  readonly #uses = new Map<string, number>();
  #steps: Step[] = [];

  constructor(
    private readonly graph: Graph,
    /** The input picture. */
    readonly input: Value,
    private readonly planNode: NodePlanner,
  ) {}

  get steps(): readonly Step[] {
    return this.#steps;
  }

  /** Counts how many nodes read each node, starting from the outputs: only a value with a single reader can be fused into that reader. */
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

  /** The value of a node, for a step to read. */
  value(name: string): Value {
    const { value, padded, sigmoid } = this.handle(name);
    if (padded > 0 || sigmoid) throw new Error(`the kernels can return "${name}", but no further operation can read it`);
    return value;
  }

  weight(name: string): Tensor {
    const node = this.graph.nodes.get(name);
    const weight = this.graph.weights.get(name) ?? (node?.op === 'Identity' ? this.weight(node.inputs[0]!) : undefined);
    if (!weight) throw new Error(`"${name}" is not a stored weight`);
    return weight;
  }

  /** A weight's values, as floats. */
  floats(name: string): Float32Array {
    const { values } = this.weight(name);
    return values instanceof Float32Array ? values : Float32Array.from(values);
  }

  push(step: Step): Handle {
    this.#steps.push(step);
    return whole(step.output);
  }

  /**
   * Replaces a step, and moves it to the end, since what is fused into it may have been computed only just before. Its only reader comes
   * later still.
   */
  replace(old: Step, step: Step): Handle {
    this.#steps = this.#steps.filter((s) => s !== old);
    return this.push(step);
  }

  /**
   * Makes the step that computes a value write it elsewhere, without changing the order. Returns false if no step computes it, or if others
   * read it too.
   */
  redirect(value: Value, output: Value): boolean {
    const maker = this.#readOnce(value) ? this.#steps.findIndex((step) => step.output === value) : -1;
    if (maker < 0) return false;
    this.#steps[maker] = { ...this.#steps[maker]!, output };
    return true;
  }

  /** The step that computes a node's value, if more can be fused into it: it has no activation yet, and a single reader. */
  openStep(name: string): Step | undefined {
    const { value, padded, sigmoid } = this.handle(name);
    if (padded > 0 || sigmoid || !this.#readOnce(value)) return undefined;
    const step = this.#steps.find(({ output }) => output === value);
    return step?.filter?.activation.kind === 'linear' ? step : undefined;
  }

  /** Whether only one node reads a value, under all of its names. */
  #readOnce(value: Value): boolean {
    return [...this.#handles].every(([name, handle]) => handle.value !== value || this.#uses.get(name) === 1);
  }
}

/** The handle of an unchanged value. */
export const whole = (value: Value): Handle => ({ value, padded: 0, sigmoid: false });
