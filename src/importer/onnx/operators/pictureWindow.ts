import { sizeOfShape } from '../../sizeOfShape.js';
import type { Padding } from '../../GraphBuilder.js';
import { MAX_INPUT_SIZE } from '../../limits.js';
import type { Call } from '../Call.js';
import type { Picture } from '../Value.js';

type Pair = readonly [number, number];

/** How a window slides over a picture. Pairs are [rows, columns]. */
export interface PictureWindow {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  /** Rows above the picture, columns to its left. */
  readonly before: Pair;
  /** Rows below the picture, columns to its right, that the file pads by. */
  readonly after: Pair;
  /** The same, with what rounding up adds. */
  readonly end: Pair;
  /** The padding as TensorFlow says it, SAME where it is that. */
  readonly padding: Padding;
  /** Height and width of the result. */
  readonly places: Pair;
}

/** The window of a convolution or of pooling. @param size of the window, from the weights or the attribute `kernel_shape` */
export function pictureWindow(call: Call, picture: Picture, size: readonly number[]): PictureWindow {
  const { attributes } = call;
  const sizes = pair(call, 'kernel_shape', size);
  const strides = pair(call, 'strides', attributes.integers('strides') ?? [1, 1]);
  const dilations = pair(call, 'dilations', attributes.integers('dilations') ?? [1, 1]);
  const pads = attributes.integers('pads') ?? [0, 0, 0, 0];
  if (pads.length !== 4 || pads.some((n) => n < 0 || n > MAX_INPUT_SIZE)) throw call.refuse(`its pads are [${pads.join(', ')}]`);
  const auto = attributes.text('auto_pad') ?? 'NOTSET';
  const up = attributes.integer('ceil_mode') === 1;
  const along = ([0, 1] as const).map((axis) => {
    const length = axis === 0 ? picture.height : picture.width;
    const [stride, reach] = [strides[axis], (sizes[axis] - 1) * dilations[axis] + 1];
    const same = Math.max((Math.ceil(length / stride) - 1) * stride + reach - length, 0);
    const given: Record<string, Pair> = {
      NOTSET: [pads[axis]!, pads[axis + 2]!],
      VALID: [0, 0],
      SAME_UPPER: [same >> 1, same - (same >> 1)],
      SAME_LOWER: [same - (same >> 1), same >> 1],
    };
    const wanted = Object.hasOwn(given, auto) ? given[auto] : undefined;
    if (!wanted) throw call.refuse(`its auto_pad is ${auto}`);
    return slide(call, { length, stride, reach, same }, wanted, up);
  });
  const [rows, columns] = along as [Along, Along];
  const places = [rows.places, columns.places] as const;
  sizeOfShape(call.name, [...places, picture.channels]);
  const none = [rows, columns].every(({ before, end }) => before + end === 0);
  const padding = rows.same && columns.same && !none ? 'SAME' : ([rows.before, rows.end, columns.before, columns.end] as const);
  const both = (key: 'before' | 'after' | 'end') => [rows[key], columns[key]] as const;
  return { size: sizes, strides, dilations, before: both('before'), after: both('after'), end: both('end'), padding, places };
}

interface Along {
  readonly before: number;
  readonly after: number;
  readonly end: number;
  readonly places: number;
  /** Whether the window stops where TensorFlow's SAME has it stop. */
  readonly same: boolean;
}

/** @param up whether a last window that hangs over counts, as long as it begins inside */
function slide(
  call: Call,
  { length, stride, reach, same }: { length: number; stride: number; reach: number; same: number },
  [before, after]: Pair,
  up: boolean,
): Along {
  const spare = length + before + after - reach;
  let places = (up ? Math.ceil(spare / stride) : Math.floor(spare / stride)) + 1;
  if (up && (places - 1) * stride >= length + before) places--;
  if (spare < 0 || places < 1)
    throw call.refuse(`its window of ${reach} is larger than the ${length + before + after} that it slides over`);
  const end = Math.max(after, (places - 1) * stride + reach - length - before);
  return { before, after, end, places, same: places === Math.ceil(length / stride) && before === same >> 1 };
}

function pair(call: Call, what: string, values: readonly number[]): Pair {
  const [rows, columns, ...more] = values;
  const wrong = values.some((n) => n < 1 || n > MAX_INPUT_SIZE);
  if (rows === undefined || columns === undefined || more.length > 0 || wrong)
    throw call.refuse(`its ${what} is [${values.join(', ')}], and has to be two counts`);
  return [rows, columns];
}
