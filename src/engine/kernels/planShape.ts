import { corrupt } from '../../graph/corrupt.js';
import type { GraphNode, Tensor } from '../../graph/Graph.js';
import { reshaped } from '../../graph/reshape.js';
import { hasZeros, whole, type Handle } from './Handle.js';
import type { Planner } from './Planner.js';
import { BARE, POINT, type Value } from './Step.js';
import { unsupported } from './UnsupportedGraph.js';

/** The maximum of one value. */
const COPY = { ...BARE, kind: 'max-pool', window: POINT } as const;

/** The input picture. @throws VisavisError `model-corrupt` if the graph takes another */
export function planPlaceholder(node: GraphNode, planner: Planner): Handle {
  const { shape: wanted } = node.attributes;
  const { h, w, c } = planner.input;
  const shape = [1, h, w, c];
  if (typeof wanted === 'object' && 'shape' in wanted) {
    const fits = wanted.shape.length === 4 && wanted.shape.every((n, axis) => n < 0 || n === shape[axis]);
    if (!fits) throw corrupt(`${node.op} "${node.name}" takes the shape [${wanted.shape.join()}], and is fed [${shape.join()}]`);
  }
  return whole(planner.takeInput(node));
}

/** The handle of the first input. */
export function planIdentity(node: GraphNode, planner: Planner): Handle {
  return planner.handle(node, 0);
}

/** The same values in another shape. */
export function planReshape(node: GraphNode, planner: Planner): Handle {
  const handle = planner.handle(node, 0);
  const shape = reshaped(node, handle.shape, planner.constant(node, 1));
  const same = shape.length === handle.shape.length && shape.every((n, axis) => n === handle.shape[axis]);
  if (!same && hasZeros(handle)) throw unsupported(node, 'padding before it');
  return { ...handle, shape };
}

/** A sigmoid is not computed by a step: it is applied when the result is read. */
export function planSigmoid(node: GraphNode, planner: Planner): Handle {
  const handle = planner.handle(node, 0);
  if (handle.sigmoid) throw unsupported(node, 'a sigmoid of a sigmoid');
  if (hasZeros(handle)) throw unsupported(node, 'padding before it');
  return { ...handle, sigmoid: true };
}

/** Zeros around a picture, and behind its channels; whoever reads it may know what to do with them. */
export function planPad(node: GraphNode, planner: Planner): Handle {
  const handle = planner.handle(node, 0);
  const paddings = planner.constant(node, 1);
  const { shape, zeros } = handle;
  const pairs = pairsOf(node, paddings, shape.length);
  const padded = shape.map((n, axis) => n + pairs[axis]![0] + pairs[axis]![1]);
  if (handle.sigmoid) throw unsupported(node, 'a sigmoid before it');
  if (padded.every((n, axis) => n === shape[axis])) return handle;
  const [batch, rows, columns, channels] = pairs;
  // A fifth axis may be whatever a reshape made of the four.
  if (pairs.length !== 4 || !batch || !rows || !columns || !channels || batch[0] + batch[1] + channels[0] > 0) {
    throw unsupported(node, 'padding other than of height, width and the end of the channels');
  }
  return {
    ...handle,
    shape: padded,
    zeros: {
      top: zeros.top + rows[0],
      bottom: zeros.bottom + rows[1],
      left: zeros.left + columns[0],
      right: zeros.right + columns[1],
      channels: zeros.channels + channels[1],
    },
  };
}

function pairsOf({ op, name }: GraphNode, { shape, values }: Tensor, axes: number): [before: number, after: number][] {
  const whole = values.length === 2 * axes && values.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole) throw corrupt(`${op} "${name}" pads ${axes} axes by [${values.join()}] of the shape [${shape.join()}]`);
  return Array.from({ length: axes }, (_, axis) => [values[2 * axis]!, values[2 * axis + 1]!]);
}

/** Concatenation along the channels: each value is written straight to its place, or copied there if something else reads it too. */
export function planConcatenation(node: GraphNode, planner: Planner): Handle {
  const last = node.inputs.length - 1;
  const indices = Array.from({ length: last }, (_, i) => i);
  const axis = planner.constant(node, last).values;
  const [first, ...others] = indices.map((i) => planner.handle(node, i).shape);
  if (!first || axis.length !== 1) throw corrupt(`${node.op} "${node.name}" puts together ${last} values along ${axis.length} axes`);
  const at = axis[0]! < 0 ? axis[0]! + first.length : axis[0]!;
  const alike = others.every((shape) => shape.length === first.length && shape.every((n, i) => i === at || n === first[i]));
  if (first[at] === undefined || !alike) {
    throw corrupt(`${node.op} "${node.name}" puts together ${[first, ...others].map((s) => `[${s.join()}]`).join(', ')} along axis ${at}`);
  }
  if (at !== first.length - 1) throw unsupported(node, 'other axes than the channels');
  const parts = indices.map((i) => planner.value(node, i));
  const { h, w } = parts[0]!;
  const of = { h, w, c: parts.reduce((sum, { c }) => sum + c, 0) };
  let before = 0;
  parts.forEach((input, i) => {
    const output: Value = { h, w, c: input.c, part: { of, first: before } };
    before += input.c;
    if (planner.redirect(node, i, output)) return;
    planner.push({ ...COPY, input, output });
  });
  return whole(of, [...first.slice(0, -1), of.c]);
}
