import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { slideWindow } from './slideWindow.js';
import { visitWindows } from './visitWindows.js';

/** How the values that a window sees in one channel are combined into one. */
export interface Pooling {
  readonly start: number;
  readonly add: (before: number, value: number) => number;
  readonly end: (all: number, count: number) => number;
}

export const maximum: Pooling = { start: -Infinity, add: Math.max, end: (most) => most };
/** The mean of what is inside the picture; padding does not count. */
export const average: Pooling = { start: 0, add: (sum, v) => sum + v, end: (sum, count) => sum / count };

/** Combines the values in a window of size `ksize` into one value per channel. */
export function pool(node: GraphNode, { shape, values }: Tensor, { start, add, end }: Pooling): Tensor {
  const [, kh = 0, kw = 0] = attributesOf(node).integers('ksize') ?? [];
  const [batch, height, width, channels] = shape as [number, number, number, number];
  if (shape.length !== 4 || !(kh > 0 && kw > 0))
    throw corrupt(`${node.op} "${node.name}" pools [${shape.join()}] in windows of ${kh} × ${kw}`);
  const window = slideWindow(node, [height, width], [kh, kw]);
  const out = new Float32Array(batch * window.places[0] * window.places[1] * channels);
  const state = new Float64Array(channels).fill(start);
  let count = 0;
  visitWindows(
    [batch, height, width, channels],
    window,
    (at) => {
      count++;
      for (let c = 0; c < channels; c++) state[c] = add(state[c]!, values[at + c]!);
    },
    (place) => {
      for (let c = 0; c < channels; c++) out[place * channels + c] = end(state[c]!, count);
      state.fill(start);
      count = 0;
    },
  );
  return { shape: [batch, ...window.places, channels], values: out };
}
