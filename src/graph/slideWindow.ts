import { attributesOf } from './attributesOf.js';
import { corrupt } from './corrupt.js';
import type { GraphNode } from './Graph.js';

/** For rows first, then for columns. */
export type Pair = readonly [rows: number, columns: number];

/** How a window slides over a picture. */
export interface SlidingWindow {
  readonly size: Pair;
  readonly stride: Pair;
  /** The distance between values that the window sees: 1, or more if it is dilated. */
  readonly dilation: Pair;
  /** Rows of padding above the picture, columns of padding to its left. */
  readonly before: Pair;
  /** Height and width of the result. */
  readonly places: Pair;
}

/**
 * How the window of a convolution or of pooling slides over its input, with TensorFlow's padding: SAME puts an odd row or column of padding
 * at the end.
 * @param picture height and width of the input
 * @throws VisavisError `model-corrupt` if an attribute has a value that TensorFlow does not know, or if the window is larger than the
 *   padded picture; Error if the channels are not the last axis
 */
export function slideWindow(node: GraphNode, picture: Pair, size: Pair): SlidingWindow {
  const { text, integers } = attributesOf(node);
  if ((text('data_format') ?? 'NHWC') !== 'NHWC') throw new Error(`the channels of ${node.op} "${node.name}" do not come last`);
  const stride = middle(node, 'strides', integers('strides'));
  const dilation = middle(node, 'dilations', integers('dilations'));
  const along = (axis: 0 | 1) => {
    const reach = (size[axis] - 1) * dilation[axis] + 1;
    const [before, after] = paddingOf(node, axis, picture[axis], reach, stride[axis]);
    return { before, places: Math.floor((picture[axis] + before + after - reach) / stride[axis]) + 1 };
  };
  const [rows, columns] = [along(0), along(1)];
  if (rows.places < 1 || columns.places < 1) throw corrupt(`the window of ${node.op} "${node.name}" is larger than what it slides over`);
  return { size, stride, dilation, before: [rows.before, columns.before], places: [rows.places, columns.places] };
}

/** How many rows (or columns) of padding come before and after `length` of them. */
function paddingOf(node: GraphNode, axis: 0 | 1, length: number, reach: number, stride: number): [before: number, after: number] {
  const { text, integers } = attributesOf(node);
  const padding = text('padding');
  if (padding === 'VALID') return [0, 0];
  if (padding === 'SAME') {
    const all = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
    return [all >> 1, all - (all >> 1)];
  }
  // Two numbers for each axis of [batch, height, width, channels].
  const explicit = integers('explicit_paddings') ?? [];
  const [before, after] = explicit.slice(2 + 2 * axis);
  if (padding !== 'EXPLICIT' || before === undefined || after === undefined || before < 0 || after < 0) {
    throw corrupt(`${node.op} "${node.name}" has the padding ${padding ?? 'that is not given'}`);
  }
  return [before, after];
}

/** The two numbers for height and width, each at least 1; 1 if there are none. */
function middle(node: GraphNode, key: string, numbers: readonly number[] = [1, 1, 1, 1]): Pair {
  const [, rows = 0, columns = 0] = numbers;
  if (rows < 1 || columns < 1) throw corrupt(`the ${key} of ${node.op} "${node.name}" are ${numbers.join()}`);
  return [rows, columns];
}
