import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode } from '../../graph/Graph.js';
import { perChannel } from './perChannel.js';
import type { Planner } from './Planner.js';
import { LINEAR, type Activation, type Filter } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

/** Weights, or their levels. */
export type Stored = Float32Array | Uint8Array;

/**
 * Weights with the bias and activation that are fused into their node.
 * @param shape of the result
 * @param order gives the weights, or their levels, the order that steps read, if they are stored in another one
 */
export function planFilter(
  node: GraphNode,
  planner: Planner,
  shape: readonly number[],
  order = <T extends Stored>(stored: T): T => stored,
): Filter {
  // Other operations may have such an attribute too, which then means nothing.
  const fused = /^_?Fused/.test(node.op) ? [...(attributesOf(node).texts('fused_ops') ?? [])] : [];
  let next = 2;
  const extra = (what: string) => perChannel(node, what, planner.constant(node, next++), shape);
  const bias = fused[0] === 'BiasAdd' ? extra('biases') : new Float32Array(shape.at(-1)!);
  if (fused[0] === 'BiasAdd') fused.shift();
  const [name, ...more] = fused;
  if (more.length > 0) throw unsupported(node, `fusing ${more.join()}`);
  const { grid } = planner.constant(node, 1);
  const activation = fusedActivation(node, name, () => extra('slopes'));
  if (!grid) return { weights: order(planner.floats(node, 1)), bias, activation };
  let weights: Float32Array | undefined;
  return {
    get weights() {
      return (weights ??= order(planner.floats(node, 1)));
    },
    ...{ bias, activation, grid: { ...grid, levels: order(grid.levels) } },
  };
}

function fusedActivation(node: GraphNode, name: string | undefined, slopes: () => Float32Array): Activation {
  switch (name) {
    case undefined:
      return LINEAR;
    case 'Relu':
      return clamp(0, Infinity);
    case 'Relu6':
      return clamp(0, 6);
    case 'Prelu':
      return prelu(slopes());
    default:
      throw unsupported(node, `fusing ${name}`);
  }
}

export const clamp = (low: number, high: number): Activation => ({ kind: 'clamp', low, high, slope: null });
export const prelu = (slope: Float32Array): Activation => ({ ...LINEAR, kind: 'prelu', slope });
