import { attributesOf } from '../../graph/attributesOf.js';
import type { Graph, GraphNode } from '../../graph/Graph.js';
import { fuseFronts } from './fuseFronts.js';
import { planConvolution, planDepthwise, planProduct } from './planConvolution.js';
import { checkSlope, clamp, prelu } from './planFilter.js';
import { Planner, whole, type Handle, type NodePlanner } from './Planner.js';
import { slide } from './slide.js';
import { BARE, POINT, type Activation, type Step, type Value } from './Step.js';
import { unsupported } from './unsupported.js';

export interface Plan {
  readonly input: Value;
  readonly steps: readonly Step[];
  readonly outputs: readonly { readonly value: Value; readonly sigmoid: boolean }[];
}

/**
 * Turns a graph into steps. Convolutions absorb the bias, residual sum and activation that follow them. Throws an Error that names what the
 * kernels do not support; such graphs run on TensorFlow.js.
 * @param size side of the square RGB input
 */
export function planGraph(graph: Graph, size: number, outputs: readonly string[]): Plan {
  const planner = new Planner(graph, { h: size, w: size, c: 3 }, planNode);
  for (const name of outputs) planner.count(name);
  const ends = outputs.map((name) => planner.handle(name));
  if (ends.some(({ padded }) => padded > 0)) throw new Error('padded outputs are not supported');
  return { input: planner.input, steps: fuseFronts(planner.steps, new Set(ends.map(({ value }) => value))), outputs: ends };
}

function planNode(node: GraphNode, planner: Planner): Handle {
  const plan = Object.hasOwn(OPERATIONS, node.op) ? OPERATIONS[node.op] : undefined;
  if (!plan) throw unsupported(node, 'this operation');
  return plan(node, planner);
}

/** Every operation that the kernels know, by TensorFlow's name. */
const OPERATIONS: Readonly<Record<string, NodePlanner>> = {
  Placeholder: (_, planner) => whole(planner.input),
  Identity: first,
  Reshape: first, // results are read flat
  Sigmoid: planSigmoid,
  Conv2D: planConvolution,
  _FusedConv2D: planConvolution,
  DepthwiseConv2dNative: planDepthwise,
  FusedDepthwiseConv2dNative: planDepthwise,
  MatMul: planProduct,
  _FusedMatMul: planProduct,
  ConcatV2: planConcatenation,
  MaxPool: planMaxPool,
  Mean: planMean,
  Pad: planPad,
  Add: planSum,
  AddV2: planSum,
  Relu: (node, planner) => planActivation(node, planner, clamp(0, Infinity)),
  Relu6: (node, planner) => planActivation(node, planner, clamp(0, 6)),
  Prelu: (node, planner) => planActivation(node, planner, prelu(planner.floats(node.inputs[1] ?? ''))),
};

/** The maximum of one value. */
const COPY = { ...BARE, kind: 'max-pool', window: POINT } as const;

/** The handle of the first input. */
function first(node: GraphNode, planner: Planner): Handle {
  return planner.handle(node.inputs[0] ?? '');
}

/** A sigmoid is not computed by a step: it is applied when the result is read. */
function planSigmoid(node: GraphNode, planner: Planner): Handle {
  const handle = first(node, planner);
  if (handle.sigmoid) throw unsupported(node, 'a sigmoid of a sigmoid');
  return { ...handle, sigmoid: true };
}

/** Concatenation along the channels: each value is written straight to its place, or copied there if something else reads it too. */
function planConcatenation(node: GraphNode, planner: Planner): Handle {
  const parts = node.inputs.slice(0, -1).map((name) => planner.value(name));
  const [{ h, w }] = parts as [Value];
  const axis = planner.weight(node.inputs.at(-1)!).values.join();
  if ((axis !== '3' && axis !== '-1') || parts.some((p) => p.h !== h || p.w !== w)) throw unsupported(node, 'other axes than the channels');
  const of = { h, w, c: parts.reduce((sum, { c }) => sum + c, 0) };
  let before = 0;
  for (const input of parts) {
    const output = { h, w, c: input.c, part: { of, first: before } };
    before += input.c;
    if (planner.redirect(input, output)) continue;
    if (input.c % 4 !== 0) throw unsupported(node, 'this number of channels');
    planner.push({ ...COPY, input, output });
  }
  return whole(of);
}

function planMaxPool(node: GraphNode, planner: Planner): Handle {
  const input = planner.value(node.inputs[0] ?? '');
  if (input.c % 4 !== 0) throw unsupported(node, 'this number of channels');
  const [, kh = 1, kw = 1] = attributesOf(node).integers('ksize') ?? [];
  const { window, h, w } = slide(node, input, kh, kw);
  return planner.push({ ...BARE, kind: 'max-pool', input, output: { h, w, c: input.c }, window });
}

function planMean(node: GraphNode, planner: Planner): Handle {
  const [from = '', axes = ''] = node.inputs;
  if (planner.weight(axes).values.join() !== '1,2') throw unsupported(node, 'other axes than height and width');
  const input = planner.value(from);
  if (input.c % 4 !== 0) throw unsupported(node, 'this number of channels');
  return planner.push({ ...BARE, kind: 'mean', input, output: { h: 1, w: 1, c: input.c }, window: POINT });
}

function planPad(node: GraphNode, planner: Planner): Handle {
  const padding = planner.weight(node.inputs[1] ?? '').values;
  if (padding.subarray(0, 7).some((n) => n !== 0)) throw unsupported(node, 'padding other than at the end of the channels');
  const handle = first(node, planner);
  return { ...handle, padded: handle.padded + (padding[7] ?? 0) };
}

/** A residual sum: one side is a convolution that nothing else reads. */
function planSum(node: GraphNode, planner: Planner): Handle {
  const [a = '', b = ''] = node.inputs;
  // Plan both before looking at either: the sum has to come after what it adds.
  const [one, two] = [planner.handle(a), planner.handle(b)];
  for (const [name, other] of [[a, two] as const, [b, one] as const]) {
    const step = planner.openStep(name);
    if (step?.kind !== 'convolution' || step.residual || other.sigmoid || other.value.c % 8 !== 0) continue;
    const { h, w, c } = other.value;
    if (h !== step.output.h || w !== step.output.w || c + other.padded !== step.output.c) continue;
    return planner.replace(step, { ...step, residual: other.value });
  }
  throw unsupported(node, 'a sum that cannot be fused into a convolution');
}

function planActivation(node: GraphNode, planner: Planner, activation: Activation): Handle {
  const step = planner.openStep(node.inputs[0] ?? '');
  if (!step?.filter) throw unsupported(node, 'an activation that follows no convolution');
  checkSlope(node, activation, step.output.c);
  return planner.replace(step, { ...step, filter: { ...step.filter, activation } });
}
