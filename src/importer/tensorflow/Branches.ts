import { importFailed } from '../importFailed.js';
import type { FrozenGraph, Reference } from './FrozenGraph.js';
import type { TfNode } from './messages.js';
import { predicateOf } from './predicateOf.js';
import type { TensorDecoder } from './TensorDecoder.js';

/** Nodes that hand on what they get. */
const SAME = new Set(['Identity', 'StopGradient', 'PreventGradient', 'Snapshot', 'CheckNumerics']);

/**
 * Follows a graph as it is run outside of training: a Switch gives its input out at one of two results and leaves what reads the other
 * idle, and a Merge hands on whichever of its inputs is not idle.
 */
export class Branches {
  readonly #followed = new Map<string, Reference>();
  readonly #alive = new Map<string, boolean>();
  readonly #conditions = new Map<string, number>();
  /** Names of placeholders that were read as false. */
  readonly assumed = new Set<string>();

  constructor(
    private readonly graph: FrozenGraph,
    private readonly decoder: TensorDecoder,
  ) {}

  /** The result that a reference stands for, behind all nodes that only hand on. @param end where to stop: the network's input */
  follow(start: Reference, end: string | undefined): Reference {
    const passed: string[] = [];
    let at = start;
    while (at.node.name !== end && handsOn(at.node)) {
      const key = keyOf(at);
      const known = this.#followed.get(key);
      passed.push(key);
      if (passed.length > this.graph.nodes.size * 2) throw cycle(at.node, at.node);
      at = known ?? this.#before(at);
    }
    for (const key of passed) this.#followed.set(key, at);
    return at;
  }

  #before({ node, port }: Reference): Reference {
    const inputs = this.graph.inputsOf(node);
    if (isSwitch(node) && port !== this.#taken(node)) {
      throw importFailed(`The network reads result ${port} of the Switch ${node.name}, which only training computes.`);
    }
    const from = isMerge(node) ? inputs.find((input) => this.isAlive(input)) : inputs[0];
    if (!from) throw importFailed(`${node.op} ${node.name} gets nothing outside of training.`);
    return from;
  }

  /** Whether a result is computed outside of training. */
  isAlive(start: Reference): boolean {
    // A list instead of recursion: graphs are deeper than the call stack.
    const waiting = [start];
    const open = new Set<string>();
    for (let at = waiting.at(-1); at; at = waiting.at(-1)) {
      const key = keyOf(at);
      const before = this.#alive.has(key) ? [] : this.#needs(at);
      const unknown = before.filter((each) => !this.#alive.has(keyOf(each)));
      if (unknown.length === 0) {
        if (!this.#alive.has(key)) this.#alive.set(key, this.#judge(at, before));
        open.delete(key);
        waiting.pop();
        continue;
      }
      open.add(key);
      const again = unknown.find((each) => open.has(keyOf(each)));
      if (again) throw cycle(at.node, again.node);
      waiting.push(...unknown);
    }
    return this.#alive.get(keyOf(start))!;
  }

  #judge({ node, port }: Reference, before: readonly Reference[]): boolean {
    const alive = before.map((each) => this.#alive.get(keyOf(each))!);
    if (isMerge(node)) return alive.includes(true);
    return !alive.includes(false) && (!isSwitch(node) || port === this.#taken(node));
  }

  /** What a node waits for: inputs, and nodes that must have run. */
  #needs({ node }: Reference): Reference[] {
    return node.inputs
      .map((input) => this.graph.find(input, node))
      .map(({ node: each, port }) => ({ node: each, port: isSwitch(each) ? port : 0 }));
  }

  /** The result of a Switch that is given out. */
  #taken(node: TfNode): number {
    const [, condition] = this.graph.inputsOf(node);
    if (!condition) throw importFailed(`The Switch ${node.name} has no condition.`);
    const key = keyOf(condition);
    const taken = this.#conditions.get(key) ?? (predicateOf(condition, node, this.graph, this.decoder, this.assumed) ? 1 : 0);
    this.#conditions.set(key, taken);
    return taken;
  }
}

export function cycle(node: TfNode, again: TfNode): Error {
  return importFailed(`The graph has a cycle: ${node.name} is fed by ${again.name}, which it feeds.`);
}

const isSwitch = ({ op }: TfNode) => op === 'Switch' || op === 'RefSwitch';
const isMerge = ({ op }: TfNode) => op === 'Merge' || op === 'RefMerge';
const handsOn = (node: TfNode) => SAME.has(node.op) || isSwitch(node) || isMerge(node);
const keyOf = ({ node, port }: Reference) => `${node.name}:${port}`;
