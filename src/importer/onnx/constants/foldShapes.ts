import { sizeOf } from '../../../graph/sizeOf.js';
import { stepsOf } from '../../../graph/stepsOf.js';
import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import { axisOf } from '../operators/axes.js';
import { newShape } from '../operators/newShape.js';
import type { Constant } from '../Value.js';
import { blankConstant } from './blankConstant.js';
import { commonShape, repeatConstant } from './broadcast.js';
import { selectConstant } from './selectConstant.js';

/** Reshape, Flatten, Squeeze and Unsqueeze of a constant. */
export function foldReshape(call: Call): Constant {
  const constant = call.constant(0, 'data');
  const shape = newShape(call, constant.shape);
  sizeOfShape(call.name, shape);
  return { ...constant, shape };
}

export function foldTranspose(call: Call): Constant {
  const constant = call.constant(0, 'data');
  const { shape } = constant;
  const order = call.attributes.integers('perm') ?? shape.map((_, axis) => shape.length - 1 - axis);
  const axes = order.map((axis) => axisOf(call, axis, shape.length));
  if (axes.length !== shape.length || new Set(axes).size !== axes.length)
    throw call.refuse(`it orders [${shape.join(', ')}] by [${order.join(', ')}]`);
  const steps = stepsOf(shape);
  return selectConstant(
    call,
    constant,
    axes.map((axis) => shape[axis]!),
    0,
    axes.map((axis) => steps[axis]!),
  );
}

export function foldExpand(call: Call): Constant {
  const constant = call.constant(0, 'data');
  const wanted = Array.from(call.constant(1, 'shape').values);
  return repeatConstant(call, constant, commonShape(call, [constant.shape, wanted]));
}

export function foldConstantOfShape(call: Call): Constant {
  const shape = Array.from(call.constant(0, 'shape').values);
  const like = call.attributes.tensor('value') ?? { kind: 'constant', name: call.name, shape: [1], values: new Float32Array(1) };
  const out = blankConstant(call, { ...like, name: call.name }, shape);
  out.values.fill(like.values[0] ?? 0);
  return out;
}

export function foldConcat(call: Call): Constant {
  const parts = call.inputs.map((_, i) => call.constant(i, `input ${i}`));
  const [first] = parts;
  if (!first) throw call.refuse('it has no inputs');
  const axis = axisOf(call, call.attributes.integer('axis') ?? 0, first.shape.length);
  const others = (shape: readonly number[]) => shape.map((n, at) => (at === axis ? '' : n)).join();
  if (parts.some(({ shape }) => others(shape) !== others(first.shape))) throw call.refuse('its inputs have shapes that do not fit');
  const shape = first.shape.map((n, at) => (at === axis ? parts.reduce((sum, part) => sum + part.shape[axis]!, 0) : n));
  const out = blankConstant(call, first, shape);
  const runs = parts.map((part) => sizeOf(part.shape.slice(axis)));
  let to = 0;
  for (let block = 0; to < out.values.length; block++) {
    for (const [p, { values }] of parts.entries()) {
      out.values.set(values.subarray(block * runs[p]!, (block + 1) * runs[p]!), to);
      to += runs[p]!;
    }
  }
  return out;
}
