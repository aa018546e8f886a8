import { corrupt } from './corrupt.js';
import type { GraphNode, Tensor } from './Graph.js';
import { slideWindow } from './slideWindow.js';
import { visitWindows } from './visitWindows.js';

type Four = readonly [number, number, number, number];

/** @param filter [height, width, inputs, outputs] */
export function convolve(node: GraphNode, input: Tensor, filter: Tensor): Tensor {
  const picture = fourOf(node, input);
  const [kh, kw, inputs, outputs] = fourOf(node, filter);
  if (inputs !== picture[3]) throw corrupt(`the filter of ${node.op} "${node.name}" takes ${inputs} channels, and gets ${picture[3]}`);
  const window = slideWindow(node, [picture[1], picture[2]], [kh, kw]);
  const sums = new Float64Array(outputs);
  const see = (at: number, tap: number) => {
    for (let i = 0; i < inputs; i++) {
      const x = input.values[at + i]!;
      const row = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) sums[o]! += x * filter.values[row + o]!;
    }
  };
  return collect(picture, window, sums, see);
}

/** @param filter [height, width, channels, multiplier]: so many results for each channel, from it alone */
export function convolveDepthwise(node: GraphNode, input: Tensor, filter: Tensor): Tensor {
  const picture = fourOf(node, input);
  const [kh, kw, channels, multiplier] = fourOf(node, filter);
  if (channels !== picture[3]) throw corrupt(`the filter of ${node.op} "${node.name}" takes ${channels} channels, and gets ${picture[3]}`);
  const window = slideWindow(node, [picture[1], picture[2]], [kh, kw]);
  const sums = new Float64Array(channels * multiplier);
  const see = (at: number, tap: number) => {
    for (let o = 0; o < sums.length; o++) {
      sums[o]! += input.values[at + Math.floor(o / multiplier)]! * filter.values[tap * sums.length + o]!;
    }
  };
  return collect(picture, window, sums, see);
}

/** Calls back for each position with its sums; `sums` is cleared in between. */
function collect(
  picture: Four,
  window: ReturnType<typeof slideWindow>,
  sums: Float64Array,
  see: (at: number, tap: number) => void,
): Tensor {
  const shape = [picture[0], ...window.places, sums.length];
  const values = new Float32Array(picture[0] * window.places[0] * window.places[1] * sums.length);
  visitWindows(picture, window, see, (place) => {
    values.set(sums, place * sums.length);
    sums.fill(0);
  });
  return { shape, values };
}

function fourOf({ op, name }: GraphNode, { shape }: Tensor): Four {
  if (shape.length !== 4) throw corrupt(`${op} "${name}" is fed the shape [${shape.join()}], which has not four axes`);
  return shape as [number, number, number, number];
}
