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
  const [x, w] = [floats(input), floats(filter)];
  const sums = new Float64Array(outputs);
  const see = (at: number, tap: number) => {
    let i = 0;
    // Four inputs at a time: each sum is fetched and put back a quarter as often.
    for (; i + 4 <= inputs; i += 4) {
      const x0 = x[at + i]!;
      const x1 = x[at + i + 1]!;
      const x2 = x[at + i + 2]!;
      const x3 = x[at + i + 3]!;
      const row0 = (tap * inputs + i) * outputs;
      const row1 = row0 + outputs;
      const row2 = row1 + outputs;
      const row3 = row2 + outputs;
      for (let o = 0; o < outputs; o++) {
        sums[o]! += x0 * w[row0 + o]! + x1 * w[row1 + o]! + x2 * w[row2 + o]! + x3 * w[row3 + o]!;
      }
    }
    for (; i < inputs; i++) {
      const value = x[at + i]!;
      const row = (tap * inputs + i) * outputs;
      for (let o = 0; o < outputs; o++) sums[o]! += value * w[row + o]!;
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
  const [x, w] = [floats(input), floats(filter)];
  const sums = new Float64Array(channels * multiplier);
  const see = (at: number, tap: number) => {
    const row = tap * sums.length;
    if (multiplier === 1) for (let o = 0; o < sums.length; o++) sums[o]! += x[at + o]! * w[row + o]!;
    else for (let o = 0; o < sums.length; o++) sums[o]! += x[at + Math.floor(o / multiplier)]! * w[row + o]!;
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

/** One kind of array, for which loops are compiled once. */
function floats({ values }: Tensor): Float32Array {
  return values instanceof Float32Array ? values : Float32Array.from(values);
}

function fourOf({ op, name }: GraphNode, { shape }: Tensor): Four {
  if (shape.length !== 4) throw corrupt(`${op} "${name}" is fed the shape [${shape.join()}], which has not four axes`);
  return shape as [number, number, number, number];
}
