import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { Draft } from './Draft.js';
import { isAffine } from './isAffine.js';
import { isLinear } from './isLinear.js';
import type { Network } from './Network.js';

/**
 * Folds scales and shifts into what comes before them: a scale into the weights of a convolution or product, through the bias of one and
 * through reshaping; shifts into one, which `fuse` makes a bias.
 */
export function foldScales(network: Network): Network {
  const draft = new Draft(network);
  // Each step moves a scale or shift nearer to the input, or takes it away.
  for (const { name } of draft.nodes()) {
    for (let node = draft.node(name); node;) node = step(node, draft);
  }
  return draft.network();
}

/** @returns the scale or shift that is now nearer to the input, for the next step */
function step(node: GraphNode, draft: Draft): GraphNode | undefined {
  const before = draft.sole(node, 0);
  if (!before) return undefined;
  if (isAffine(node, 'Mul', draft)) {
    if (isLinear(before, draft)) {
      scaleWeights(node, before, draft);
      return undefined;
    }
    if (isAffine(before, 'Mul', draft)) return merge(node, before, draft, (a, b) => a * b);
    if (isAffine(before, 'AddV2', draft)) return scaleShift(node, before, draft);
    return throughReshape(node, before, draft);
  }
  if (isAffine(node, 'AddV2', draft)) {
    if (isAffine(before, 'AddV2', draft)) return merge(node, before, draft, (a, b) => a + b);
    return throughReshape(node, before, draft);
  }
  return undefined;
}

function scaleWeights(node: GraphNode, linear: GraphNode, draft: Draft): void {
  const weights = draft.weight(linear, 1)!;
  const factor = draft.weight(node, 1)!.values;
  const values = Float32Array.from(weights.values, (v, i) => v * factor[i % factor.length]!);
  const scaled = draft.constant(`${node.name}/filter`, { shape: weights.shape, values });
  draft.set({ ...linear, name: node.name, inputs: [linear.inputs[0]!, scaled] });
  draft.remove(linear.name);
}

function merge(node: GraphNode, before: GraphNode, draft: Draft, combine: (a: number, b: number) => number): GraphNode {
  const [a, b] = [before, node].map((each) => draft.weight(each, 1)!) as [Tensor, Tensor];
  const values = Float32Array.from(a.values, (v, i) => combine(v, b.values[i]!));
  const merged = { ...node, inputs: [before.inputs[0]!, draft.constant(node.inputs[1]!, { shape: a.shape, values })] };
  draft.set(merged);
  draft.remove(before.name);
  return merged;
}

/** (x + a) · b = x · b + a · b */
function scaleShift(node: GraphNode, shift: GraphNode, draft: Draft): GraphNode {
  const factor = draft.weight(node, 1)!;
  const addend = Float32Array.from(draft.weight(shift, 1)!.values, (v, i) => v * factor.values[i]!);
  const x = shift.inputs[0]!;
  const scaled = draft.set({ ...node, name: draft.free(`${node.name}/scaled`), inputs: [x, node.inputs[1]!] }, draft.shape(x));
  draft.set({
    ...shift,
    name: node.name,
    inputs: [scaled, draft.constant(`${node.name}/addend`, { shape: factor.shape, values: addend })],
  });
  draft.remove(shift.name);
  return draft.node(scaled)!;
}

/** Reshaping that keeps the last axis keeps the channels. */
function throughReshape(node: GraphNode, reshape: GraphNode, draft: Draft): GraphNode | undefined {
  const x = reshape.inputs[0]!;
  if (reshape.op !== 'Reshape' || draft.shape(x).at(-1) !== draft.shape(reshape.name).at(-1)) return undefined;
  const moved = draft.set({ ...node, name: draft.free(`${node.name}/before`), inputs: [x, node.inputs[1]!] }, draft.shape(x));
  draft.set({ ...reshape, name: node.name, inputs: [moved, reshape.inputs[1]!] });
  draft.remove(reshape.name);
  return draft.node(moved)!;
}
