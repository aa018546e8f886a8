import type { GraphNode, ReadGraph, Weight } from './readGraph.js';
import { LINEAR, POINT, type Activation, type Filter, type Step, type Value, type Window } from './Step.js';

/** A depthwise convolution with so many results or more is computed piecewise in front of the 1×1 convolution that follows, in cache. */
const MIN_FUSED_POSITIONS = 256;

export interface Plan {
  readonly input: Value;
  readonly steps: readonly Step[];
  readonly outputs: readonly { readonly value: Value; readonly sigmoid: boolean }[];
}

/** What a node stands for: a value that a step makes, perhaps seen with more (zero) channels or through a final sigmoid. */
interface Handle {
  readonly value: Value;
  readonly padded: boolean;
  readonly sigmoid: boolean;
}

/**
 * Turns a graph into steps: convolutions take the bias, residual sum and activation that follow them. Throws an Error that names what the
 * kernels cannot do; TensorFlow.js runs such graphs.
 * @param size side of the square RGB input
 */
export function planGraph(graph: ReadGraph, size: number, outputs: readonly string[]): Plan {
  return new Planner(graph, { h: size, w: size, c: 3 }).plan(outputs);
}

class Planner {
  readonly #handles = new Map<string, Handle>();
  readonly #uses = new Map<string, number>();
  #steps: Step[] = [];

  constructor(
    private readonly graph: ReadGraph,
    private readonly input: Value,
  ) {}

  plan(outputs: readonly string[]): Plan {
    for (const name of outputs) this.#count(name);
    const ends = outputs.map((name) => this.#handle(name));
    if (ends.some(({ padded }) => padded)) throw new Error('padded outputs are not supported');
    return { input: this.input, steps: fuseFronts(this.#steps, new Set(ends.map(({ value }) => value))), outputs: ends };
  }

  /** How many nodes read each node: only what one reader reads can be fused into it. */
  #count(name: string): void {
    const seen = this.#uses.get(name) ?? 0;
    this.#uses.set(name, seen + 1);
    if (seen === 0) for (const input of this.graph.nodes.get(name)?.inputs ?? []) this.#count(input);
  }

  #handle(name: string): Handle {
    let handle = this.#handles.get(name);
    if (!handle) {
      const node = this.graph.nodes.get(name);
      if (!node) throw new Error(`the graph has no node "${name}"`);
      handle = this.#add(node);
      this.#handles.set(name, handle);
    }
    return handle;
  }

  #add(node: GraphNode): Handle {
    const [first = '', second = ''] = node.inputs;
    switch (node.op) {
      case 'Placeholder':
        return whole(this.input);
      case 'Identity':
      case 'Reshape': // results are read flat
        return this.#handle(first);
      case 'Sigmoid': // of single results: applied when they are read
        return { ...this.#handle(first), sigmoid: true };
      case '_FusedConv2D':
      case 'Conv2D':
        return this.#convolution(node);
      case '_FusedMatMul':
      case 'MatMul':
        return this.#product(node);
      case 'DepthwiseConv2dNative':
      case 'FusedDepthwiseConv2dNative':
        return this.#depthwise(node);
      case 'ConcatV2':
        return this.#concatenation(node);
      case 'MaxPool': {
        const input = this.#value(first);
        if (input.c % 4 !== 0) throw unsupported(node, 'this number of channels');
        const [, kh = 1, kw = 1] = node.attributes.ksize as number[];
        const { window, h, w } = slide(node, input, kh, kw);
        return this.#push({ kind: 'max-pool', input, output: { h, w, c: input.c }, window, filter: null, residual: null, front: null });
      }
      case 'Mean': {
        if (this.#weight(second).values.join() !== '1,2') throw unsupported(node, 'other axes than height and width');
        const input = this.#value(first);
        if (input.c % 4 !== 0) throw unsupported(node, 'this number of channels');
        const output = { h: 1, w: 1, c: input.c };
        return this.#push({ kind: 'mean', input, output, window: POINT, filter: null, residual: null, front: null });
      }
      case 'Pad': {
        const padding = this.#weight(second).values;
        if (padding.subarray(0, 7).some((n) => n !== 0)) throw unsupported(node, 'padding but at the end of the channels');
        return { ...this.#handle(first), padded: true };
      }
      case 'Add':
      case 'AddV2':
        return this.#sum(node, first, second);
      case 'Relu':
        return this.#activate(node, first, clamp(0, Infinity));
      case 'Relu6':
        return this.#activate(node, first, clamp(0, 6));
      case 'Prelu':
        return this.#activate(node, first, prelu(this.#weight(second)));
      default:
        throw unsupported(node, 'this operation');
    }
  }

  #convolution(node: GraphNode): Handle {
    const [from = '', filter = ''] = node.inputs;
    const input = this.#value(from);
    const { shape, values } = this.#weight(filter);
    const [kh, kw, inC, outC] = shape as [number, number, number, number];
    if (inC !== input.c) throw unsupported(node, 'groups');
    const { window, h, w } = slide(node, input, kh, kw);
    return this.#push({
      kind: 'convolution',
      input,
      output: { h, w, c: outC },
      window,
      filter: { weights: values, ...this.#epilogue(node, outC) },
      residual: null,
      front: null,
    });
  }

  #product(node: GraphNode): Handle {
    const [from = '', matrix = ''] = node.inputs;
    const input = this.#value(from);
    const { shape, values } = this.#weight(matrix);
    if (node.attributes.transpose_a || node.attributes.transpose_b || input.h * input.w !== 1) throw unsupported(node, 'this product');
    const filter = { weights: values, ...this.#epilogue(node, shape[1]!) };
    const output = { h: 1, w: 1, c: shape[1]! };
    return this.#push({ kind: 'convolution', input, output, window: POINT, filter, residual: null, front: null });
  }

  #depthwise(node: GraphNode): Handle {
    const [from = '', filter = ''] = node.inputs;
    const input = this.#value(from);
    const { shape, values } = this.#weight(filter);
    const [kh, kw, c, multiplier] = shape as [number, number, number, number];
    if (multiplier !== 1 || c !== input.c || c % 4 !== 0) throw unsupported(node, 'this number of channels');
    const { window, h, w } = slide(node, input, kh, kw);
    const output = { h, w, c };
    return this.#push({
      kind: 'depthwise',
      input,
      output,
      window,
      filter: { weights: values, ...this.#epilogue(node, c) },
      residual: null,
      front: null,
    });
  }

  /** Bias and activation of a fused node. */
  #epilogue(node: GraphNode, channels: number): Omit<Filter, 'weights'> {
    const fused = [...((node.attributes.fused_ops as string[] | undefined) ?? [])];
    const extra = node.inputs.slice(2);
    const bias = fused[0] === 'BiasAdd' ? this.#weight(extra.shift()!).values : new Float32Array(channels);
    if (fused[0] === 'BiasAdd') fused.shift();
    const name = fused.shift();
    if (fused.length > 0) throw unsupported(node, `fusing ${fused.join()}`);
    const activation =
      name === undefined
        ? LINEAR
        : name === 'Relu'
          ? clamp(0, Infinity)
          : name === 'Relu6'
            ? clamp(0, 6)
            : name === 'Prelu'
              ? prelu(this.#weight(extra.shift()!))
              : null;
    if (!activation) throw unsupported(node, `fusing ${name}`);
    return { bias, activation };
  }

  /** Values side by side in the channels: each is written to its place at once, or copied there where others read it too. */
  #concatenation(node: GraphNode): Handle {
    const parts = node.inputs.slice(0, -1).map((name) => this.#value(name));
    const [{ h, w }] = parts as [Value];
    const axis = this.#weight(node.inputs.at(-1)!).values.join();
    if ((axis !== '3' && axis !== '-1') || parts.some((p) => p.h !== h || p.w !== w))
      throw unsupported(node, 'other axes than the channels');
    const of = { h, w, c: parts.reduce((sum, { c }) => sum + c, 0) };
    let first = 0;
    for (const value of parts) {
      const output = { h, w, c: value.c, part: { of, first } };
      first += value.c;
      const maker = this.#readOnce(value) ? this.#steps.findIndex((step) => step.output === value) : -1;
      if (maker >= 0) this.#steps[maker] = { ...this.#steps[maker]!, output };
      else if (value.c % 4 === 0) this.#push({ ...COPY, input: value, output });
      else throw unsupported(node, 'this number of channels');
    }
    return whole(of);
  }

  /** Whether only one node reads a value, whatever names it goes by. */
  #readOnce(value: Value): boolean {
    return [...this.#handles].every(([name, handle]) => handle.value !== value || this.#uses.get(name) === 1);
  }

  /** A residual sum: one side is a convolution that nobody else reads. */
  #sum(node: GraphNode, first: string, second: string): Handle {
    const [a, b] = [this.#handle(first), this.#handle(second)];
    for (const [name, one, other] of [
      [first, a, b],
      [second, b, a],
    ] as const) {
      const step = this.#openStep(name, one);
      if (step?.kind !== 'convolution' || step.residual || other.value.c % 8 !== 0) continue;
      if (!other.padded && other.value.c !== step.output.c) continue;
      return this.#replace(step, { ...step, residual: other.value });
    }
    throw unsupported(node, 'a sum that no convolution ends in');
  }

  #activate(node: GraphNode, name: string, activation: Activation): Handle {
    const step = this.#openStep(name, this.#handle(name));
    if (!step?.filter) throw unsupported(node, 'an activation that follows no convolution');
    return this.#replace(step, { ...step, filter: { ...step.filter, activation } });
  }

  /** The step that makes a value, when more can be fused into it: it has no activation yet and one reader. */
  #openStep(name: string, { value, padded, sigmoid }: Handle): Step | undefined {
    const step = this.#steps.find(({ output }) => output === value);
    return step?.filter?.activation.kind === 'linear' && this.#uses.get(name) === 1 && !padded && !sigmoid ? step : undefined;
  }

  /** The step moves to the end, since what is fused into it may just have been computed; its only reader comes later still. */
  #replace(old: Step, step: Step): Handle {
    this.#steps = this.#steps.filter((s) => s !== old);
    return this.#push(step);
  }

  #push(step: Step): Handle {
    this.#steps.push(step);
    return whole(step.output);
  }

  #value(name: string): Value {
    const { value, padded, sigmoid } = this.#handle(name);
    if (padded || sigmoid) throw new Error(`"${name}" cannot be read further`);
    return value;
  }

  #weight(name: string): Weight {
    const node = this.graph.nodes.get(name);
    const weight = this.graph.weights.get(name) ?? (node?.op === 'Identity' ? this.#weight(node.inputs[0]!) : undefined);
    if (!weight) throw new Error(`"${name}" is no stored weight`);
    return weight;
  }
}

/** Puts depthwise convolutions in front of the 1×1 convolutions that alone read them. */
function fuseFronts(steps: readonly Step[], kept: ReadonlySet<Value>): Step[] {
  const readers = (value: Value) => steps.filter((step) => step.input === value || step.residual === value);
  const fused = new Map<Step, Step>();
  const gone = new Set<Step>();
  for (const front of steps) {
    const { h, w } = front.output;
    if (front.kind !== 'depthwise' || kept.has(front.output) || h * w < MIN_FUSED_POSITIONS) continue;
    const [reader, ...others] = readers(front.output);
    if (!reader || others.length > 0 || reader.kind !== 'convolution' || reader.residual === front.output) continue;
    const { kh, kw, stride } = reader.window;
    if (kh * kw * stride !== 1) continue;
    fused.set(reader, { ...reader, input: front.input, window: front.window, front: front.filter });
    gone.add(front);
  }
  return steps.filter((step) => !gone.has(step)).map((step) => fused.get(step) ?? step);
}

/** The maximum of one value. */
const COPY = { kind: 'max-pool', window: POINT, filter: null, residual: null, front: null } as const;

const whole = (value: Value): Handle => ({ value, padded: false, sigmoid: false });
const clamp = (low: number, high: number): Activation => ({ kind: 'clamp', low, high, slope: null });
const prelu = ({ values }: Weight): Activation => ({ ...LINEAR, kind: 'prelu', slope: values });

/** Window and size of the result, with TensorFlow's padding: SAME pads the odd row and column at the end. */
function slide(node: GraphNode, { h, w }: Value, kh: number, kw: number): { window: Window; h: number; w: number } {
  const { strides, padding, dilations, data_format: format } = node.attributes as Record<string, unknown>;
  const [, stride = 1, across = 1] = strides as number[];
  if (stride !== across || (dilations as number[] | undefined)?.some((d) => d !== 1) || (format && format !== 'NHWC')) {
    throw unsupported(node, 'this layout');
  }
  if (padding === 'VALID') {
    const fit = (n: number, k: number) => Math.floor((n - k) / stride) + 1;
    return { window: { kh, kw, stride, top: 0, left: 0 }, h: fit(h, kh), w: fit(w, kw) };
  }
  if (padding !== 'SAME') throw unsupported(node, `padding ${String(padding)}`);
  const out = (n: number) => Math.ceil(n / stride);
  const before = (n: number, k: number) => Math.max((out(n) - 1) * stride + k - n, 0) >> 1;
  return { window: { kh, kw, stride, top: before(h, kh), left: before(w, kw) }, h: out(h), w: out(w) };
}

function unsupported(node: GraphNode, what: string): Error {
  return new Error(`the kernels do not support ${what} (${node.op} "${node.name}")`);
}
