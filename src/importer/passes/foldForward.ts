import { attributesOf } from '../../graph/attributesOf.js';
import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { sizeOf } from '../../graph/sizeOf.js';
import { slideWindow } from '../../graph/slideWindow.js';
import { Draft } from './Draft.js';
import { isAffine } from './isAffine.js';
import { isLinear } from './isLinear.js';
import type { Network } from './Network.js';

/**
 * Folds scales and shifts that could not be folded into what comes before them into what comes after: the convolutions or products that
 * alone read them. A shift is folded only where no zeros are added to the picture: at its edges they would be shifted too.
 */
export function foldForward(network: Network): Network {
  const draft = new Draft(reshapeFirst(network));
  // From the output on: a shift stands behind its scale.
  for (const { name } of draft.nodes().reverse()) {
    const node = draft.node(name);
    const readers = draft.readers(name);
    if (!node || name === draft.output || readers.length === 0) continue;
    if (!readers.every((reader) => isLinear(reader, draft) && reader.inputs[0] === name)) continue;
    if (isAffine(node, 'AddV2', draft) && readers.every((reader) => !isPadded(reader, draft))) {
      readers.forEach((reader) => shiftInput(node, reader, draft));
      draft.bypass(name, node.inputs[0]!);
    } else if (isAffine(node, 'Mul', draft)) {
      readers.forEach((reader) => scaleInput(node, reader, draft));
      draft.bypass(name, node.inputs[0]!);
    }
  }
  return draft.network();
}

function reshapeFirst(network: Network): Network {
  const draft = new Draft(network);
  for (const { name } of draft.nodes().reverse()) {
    const node = draft.node(name);
    if (isAffine(node, 'AddV2', draft) || isAffine(node, 'Mul', draft)) throughReshape(node, draft);
  }
  return draft.network();
}

/** Before a product what is reshaped to a vector may be reshaped first; each value of it is then a channel. */
function throughReshape(node: GraphNode, draft: Draft): void {
  const [reshape, ...others] = draft.readers(node.name);
  if (node.name === draft.output || reshape?.op !== 'Reshape' || others.length > 0) return;
  const after = draft.readers(reshape.name);
  if (!after.every((reader) => isLinear(reader, draft) || isAffine(reader, 'AddV2', draft))) return;
  const shape = draft.shape(reshape.name);
  const { values } = draft.weight(node, 1)!;
  if (sizeOf(shape) !== shape.at(-1)) return;
  const all = Float32Array.from({ length: shape.at(-1)! }, (_, i) => values[i % values.length]!);
  const first = draft.set({ ...reshape, name: draft.free(`${reshape.name}/before`), inputs: [node.inputs[0]!, reshape.inputs[1]!] }, shape);
  const constant = draft.constant(`${reshape.name}/channels`, { shape: [all.length], values: all });
  draft.set({ ...node, name: reshape.name, inputs: [first, constant] });
  draft.remove(node.name);
}

/** W · (x + a) = W · x + W · a */
function shiftInput(shift: GraphNode, linear: GraphNode, draft: Draft): void {
  const { shape, values } = draft.weight(linear, 1)!;
  const addend = draft.weight(shift, 1)!.values;
  const last = shape.at(-1)!;
  const outputs = draft.shape(linear.name).at(-1)!;
  const sums = new Float64Array(outputs);
  for (let i = 0; i < values.length; i++) sums[i % outputs]! += values[i]! * addend[Math.floor(i / last) % addend.length]!;
  const x = draft.free(`${linear.name}/unshifted`);
  draft.set({ ...linear, name: x, inputs: [shift.inputs[0]!, linear.inputs[1]!] }, draft.shape(linear.name));
  const bias = draft.constant(`${linear.name}/addend`, { shape: [outputs], values: Float32Array.from(sums) });
  draft.set({ name: linear.name, op: 'AddV2', inputs: [x, bias], attributes: shift.attributes });
}

function scaleInput(scale: GraphNode, linear: GraphNode, draft: Draft): void {
  const { shape, values } = draft.weight(linear, 1)!;
  const factor = draft.weight(scale, 1)!.values;
  const last = shape.at(-1)!;
  const scaled: Tensor = { shape, values: Float32Array.from(values, (v, i) => v * factor[Math.floor(i / last) % factor.length]!) };
  draft.set({ ...linear, inputs: [linear.inputs[0]!, draft.constant(`${linear.name}/filter`, scaled)] });
}

/** Whether a convolution sees zeros around its picture. */
function isPadded(node: GraphNode, draft: Draft): boolean {
  const padding = attributesOf(node).text('padding');
  if (node.op === 'MatMul' || padding === 'VALID') return false;
  const [, h = 0, w = 0] = draft.shape(node.inputs[0]!);
  const [kh = 0, kw = 0] = draft.weight(node, 1)!.shape;
  const { before, places, stride, dilation } = slideWindow(node, [h, w], [kh, kw]);
  const reach = (axis: 0 | 1) => (places[axis] - 1) * stride[axis] + ([kh, kw][axis]! - 1) * dilation[axis] + 1;
  return before[0] + before[1] > 0 || reach(0) > h || reach(1) > w;
}
