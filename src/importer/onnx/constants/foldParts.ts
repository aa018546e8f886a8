import { sizeOf } from '../../../graph/sizeOf.js';
import { stepsOf } from '../../../graph/stepsOf.js';
import type { Call } from '../Call.js';
import { axisOf } from '../operators/axes.js';
import type { Constant } from '../Value.js';
import { blankConstant } from './blankConstant.js';
import { selectConstant } from './selectConstant.js';

export function foldGather(call: Call): Constant {
  const [data, indices] = [call.constant(0, 'data'), call.constant(1, 'indices')];
  const axis = axisOf(call, call.attributes.integer('axis') ?? 0, data.shape.length);
  const [before, count, after] = [data.shape.slice(0, axis), data.shape[axis]!, data.shape.slice(axis + 1)];
  const out = blankConstant(call, data, [...before, ...indices.shape, ...after]);
  const run = sizeOf(after);
  let to = 0;
  for (let block = 0; block < sizeOf(before); block++) {
    for (const index of indices.values) {
      const from = (block * count + axisOf(call, index, count)) * run;
      out.values.set(data.values.subarray(from, from + run), to);
      to += run;
    }
  }
  return out;
}

/** Begins, ends and steps are inputs from version 10 of the operators, and attributes before. */
export function foldSlice(call: Call): Constant {
  const data = call.constant(0, 'data');
  const { shape } = data;
  const [starts, ends] = [call.integers(1, 'starts'), call.integers(2, 'ends')];
  if (!starts || starts.length !== ends?.length) throw call.refuse('its starts and ends do not fit');
  const axes = (call.integers(3, 'axes') ?? starts.map((_, i) => i)).map((axis) => axisOf(call, axis, shape.length));
  const strides = call.integers(4, 'steps') ?? starts.map(() => 1);
  const steps = stepsOf(shape);
  const sizes = [...shape];
  let start = 0;
  for (const [i, axis] of axes.entries()) {
    const [n, stride] = [shape[axis]!, strides[i] ?? 1];
    if (stride === 0) throw call.refuse('it has a step of 0');
    const within = (at: number) => Math.min(Math.max(at < 0 ? at + n : at, stride > 0 ? 0 : -1), stride > 0 ? n : n - 1);
    const [from, to] = [within(starts[i] ?? 0), within(ends[i] ?? 0)];
    sizes[axis] = Math.max(0, Math.ceil((to - from) / stride));
    start += from * steps[axis]!;
    steps[axis]! *= stride;
  }
  return selectConstant(call, data, sizes, start, steps);
}
