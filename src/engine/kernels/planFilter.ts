import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';
import type { Planner } from './Planner.js';
import { LINEAR, type Activation, type Filter } from './Step.js';
import { unsupported } from './unsupported.js';

/** The weights of a node (its second input), with the bias and activation fused into it. @param channels of the result */
export function planFilter(node: GraphNode, planner: Planner, channels: number): Filter {
  const [, weights = '', ...extra] = node.inputs;
  const fused = [...(attributesOf(node).texts('fused_ops') ?? [])];
  const bias = fused[0] === 'BiasAdd' ? planner.floats(extra.shift() ?? '') : new Float32Array(channels);
  if (fused[0] === 'BiasAdd') fused.shift();
  const [name, ...more] = fused;
  if (more.length > 0) throw unsupported(node, `fusing ${more.join()}`);
  const activation = fusedActivation(node, name, extra[0] ?? '', planner);
  checkSlope(node, activation, channels);
  return { weights: planner.floats(weights), bias, activation };
}

/** The kernels support one factor per channel; TensorFlow also allows one for all channels, or one for each position. */
export function checkSlope(node: GraphNode, { slope }: Activation, channels: number): void {
  if (slope && slope.length !== channels) throw unsupported(node, 'this number of slopes');
}

function fusedActivation(node: GraphNode, name: string | undefined, slope: string, planner: Planner): Activation {
  switch (name) {
    case undefined:
      return LINEAR;
    case 'Relu':
      return clamp(0, Infinity);
    case 'Relu6':
      return clamp(0, 6);
    case 'Prelu':
      return prelu(planner.floats(slope));
    default:
      throw unsupported(node, `fusing ${name}`);
  }
}

export const clamp = (low: number, high: number): Activation => ({ kind: 'clamp', low, high, slope: null });
export const prelu = (slope: Float32Array): Activation => ({ ...LINEAR, kind: 'prelu', slope });
