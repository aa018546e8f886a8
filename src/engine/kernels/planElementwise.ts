import { attributesOf } from '../../graph/attributesOf.js';
import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode } from '../../graph/Graph.js';
import type { Handle } from './Handle.js';
import { perChannel } from './perChannel.js';
import { clamp, prelu } from './planFilter.js';
import type { OpenStep, Planner } from './Planner.js';
import { refined } from './refined.js';
import { BARE, LINEAR, POINT, type Activation, type Filter, type Value } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

export const planRelu = (node: GraphNode, planner: Planner): Handle => planActivation(node, planner, clamp(0, Infinity));

export const planRelu6 = (node: GraphNode, planner: Planner): Handle => planActivation(node, planner, clamp(0, 6));

export function planPrelu(node: GraphNode, planner: Planner): Handle {
  const { shape } = planner.handle(node, 0);
  return planActivation(node, planner, prelu(perChannel(node, 'slopes', planner.constant(node, 1), shape)));
}

/** A sum of two values is fused into the step that makes one of them, where it can be; one with a constant, into the bias. */
export function planSum(node: GraphNode, planner: Planner): Handle {
  if ((attributesOf(node).text('data_format') ?? 'NHWC') !== 'NHWC') throw unsupported(node, 'this layout');
  if (planner.isConstant(node, 1)) return planBias(node, planner, 0, 1);
  if (planner.isConstant(node, 0)) return planBias(node, planner, 1, 0);
  return planResidual(node, planner);
}

/** A product with a constant is fused into the weights. */
export function planScale(node: GraphNode, planner: Planner): Handle {
  const [at, factor] = planner.isConstant(node, 0) ? [1, 0] : [0, 1];
  const { shape } = planner.handle(node, at);
  if (!planner.isConstant(node, factor)) throw unsupported(node, 'products of two values');
  const factors = perChannel(node, 'factors', planner.constant(node, factor), shape);
  const scaled = (values: Float32Array) => values.map((v, i) => v * factors[i % factors.length]!);
  const step = planner.openStep(node, at);
  if (!step || step.residual) return planPointwise(node, planner, at, { weights: factors });
  const { weights, bias } = step.filter;
  return refine(planner, step, { weights: scaled(weights), bias: scaled(bias), grid: undefined }, shape);
}

function planBias(node: GraphNode, planner: Planner, at: number, constant: number): Handle {
  const { shape } = planner.handle(node, at);
  const added = perChannel(node, 'addends', planner.constant(node, constant), shape);
  const step = planner.openStep(node, at);
  if (!step) return planPointwise(node, planner, at, { bias: added });
  return refine(planner, step, { bias: step.filter.bias.map((v, i) => v + added[i]!) }, shape);
}

function planActivation(node: GraphNode, planner: Planner, activation: Activation): Handle {
  const step = planner.openStep(node, 0);
  return step ? refine(planner, step, { activation }, planner.handle(node, 0).shape) : planPointwise(node, planner, 0, { activation });
}

/** One side of the sum is made by a step that nothing else reads; else the sum becomes a step of its own. */
function planResidual(node: GraphNode, planner: Planner): Handle {
  const [{ shape }, { shape: other }] = [planner.handle(node, 0), planner.handle(node, 1)];
  if (shape.length !== other.length || shape.some((n, axis) => n !== other[axis])) throw unequal(node, shape, other);
  for (const [open, added] of ORDERS) {
    const step = planner.openStep(node, open);
    const takesMore = step?.kind === 'convolution' || step?.kind === 'pointwise';
    if (takesMore && !step.residual) return planner.replace(step, { ...step, residual: addend(node, planner, added) }, shape);
  }
  // Of two sides, one may lack channels.
  const [whole, added] = ORDERS.find(([i]) => planner.handle(node, i).zeros.channels === 0) ?? ORDERS[0];
  return planPointwise(node, planner, whole, {}, addend(node, planner, added));
}

const ORDERS = [
  [0, 1],
  [1, 0],
] as const;

/** What a sum adds; channels of zeros behind its own are left out. */
function addend(node: GraphNode, planner: Planner, i: number): Value {
  const { zeros } = planner.handle(node, i);
  return zeros.channels > 0 && zeros.top + zeros.bottom + zeros.left + zeros.right === 0 ? planner.padded(node, i) : planner.value(node, i);
}

/** The error for a sum of different shapes, of which some are in order: a value of one row is repeated for all rows of the other. */
function unequal(node: GraphNode, a: readonly number[], b: readonly number[]): Error {
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  const aligned = [...Array<number>(long.length - short.length).fill(1), ...short];
  if (long.every((n, axis) => n === aligned[axis] || n === 1 || aligned[axis] === 1)) return unsupported(node, 'sums of different shapes');
  return corrupt(`${node.op} "${node.name}" adds [${b.join()}] to [${a.join()}]`);
}

function refine(planner: Planner, step: OpenStep, change: Partial<Filter>, shape: readonly number[]): Handle {
  return planner.replace(step, { ...step, filter: refined(step.filter, change) }, shape);
}

/** A step of its own for what cannot be fused into another. */
function planPointwise(node: GraphNode, planner: Planner, at: number, own: Partial<Filter>, residual: Value | null = null): Handle {
  const input = planner.value(node, at);
  const { h, w, c } = input;
  const filter = { weights: new Float32Array(c).fill(1), bias: new Float32Array(c), activation: LINEAR, ...own };
  const step = { ...BARE, kind: 'pointwise', input, output: { h, w, c }, window: POINT, filter, residual } as const;
  return planner.push(step, planner.handle(node, at).shape);
}
