import type { Call } from '../Call.js';
import type { Picture, Value } from '../Value.js';
import { pictureWindow, type PictureWindow } from './pictureWindow.js';

export function maxPool(call: Call): Value {
  const { builder, name } = call;
  const picture = channelsFirst(call);
  const window = windowOf(call, picture);
  const { size, strides, padding, places } = window;
  if (typeof padding === 'string') return pooled(picture, builder.maxPool(name, picture.node, size, { strides, padding }), places);
  // Zeros lose to every value but those below zero; to these, the lowest number loses.
  const [top, bottom, left, right] = padding;
  let { node } = picture;
  if (padding.some((n) => n > 0)) {
    node = picture.positive ? builder.pad(`${name}/pad`, node, [top, bottom], [left, right]) : padWithLowest(call, node, padding);
  }
  return pooled(picture, builder.maxPool(name, node, size, { strides, padding: 'VALID' }), places);
}

/** The lowest float32. */
const LOWEST = -3.4028234663852886e38;

function padWithLowest({ builder, name }: Call, x: string, [top, bottom, left, right]: readonly number[]): string {
  const paddings = Int32Array.of(0, 0, top!, bottom!, left!, right!, 0, 0);
  const inputs = [
    x,
    builder.constant(`${name}/pad/paddings`, { shape: [4, 2], values: paddings }),
    builder.constant(`${name}/pad/lowest`, { shape: [], values: Float32Array.of(LOWEST) }),
  ];
  return builder.add(`${name}/pad`, 'PadV2', inputs, { T: { type: 'DT_FLOAT' }, Tpaddings: { type: 'DT_INT32' } });
}

export function averagePool(call: Call): Value {
  const { builder, name, attributes } = call;
  const picture = channelsFirst(call);
  const window = windowOf(call, picture);
  const { size, strides, padding, places } = window;
  const counts = attributes.integer('count_include_pad') === 1;
  const padded = typeof padding === 'string' || padding.some((n) => n > 0);
  if (!padded || (typeof padding === 'string' && !counts)) {
    const node = builder.averagePool(name, picture.node, size, { strides, padding: typeof padding === 'string' ? padding : 'VALID' });
    return pooled(picture, node, places);
  }
  const { before, end } = window;
  const zeros = builder.pad(`${name}/pad`, picture.node, [before[0], end[0]], [before[1], end[1]]);
  const sums = builder.averagePool(name, zeros, size, { strides, padding: 'VALID' });
  const factors = factorsOf(picture, window, counts);
  if (factors.every((factor) => factor === 1)) return pooled(picture, sums, places);
  const map = builder.constant(`${name}/factors`, { shape: [...places, 1], values: factors });
  return pooled(picture, builder.product(`${name}/counted`, sums, map), places);
}

/** How much larger each mean is where not all of the window counts. @param counts whether the file's padding does */
function factorsOf({ height, width }: Picture, { size, strides, before, after, places }: PictureWindow, counts: boolean): Float32Array {
  const along = (axis: 0 | 1, length: number) =>
    Array.from({ length: places[axis] }, (_, place) => {
      const from = place * strides[axis] - before[axis];
      const [first, last] = counts ? [-before[axis], length + after[axis]] : [0, length];
      return size[axis] / (Math.min(from + size[axis], last) - Math.max(from, first));
    });
  const [rows, columns] = [along(0, height), along(1, width)];
  return Float32Array.from(rows.flatMap((row) => columns.map((column) => row * column)));
}

export function globalAveragePool(call: Call): Value {
  const picture = channelsFirst(call);
  const node = call.builder.globalAverage(call.name, picture.node, true);
  return pooled(picture, node, [1, 1]);
}

export function globalMaxPool(call: Call): Value {
  const picture = channelsFirst(call);
  const node = call.builder.maxPool(call.name, picture.node, [picture.height, picture.width], { padding: 'VALID' });
  return pooled(picture, node, [1, 1]);
}

function channelsFirst(call: Call): Picture {
  const picture = call.picture(0);
  if (picture.last) throw call.refuse('its input has the channels last, where ONNX has them first');
  return picture;
}

function windowOf(call: Call, picture: Picture): PictureWindow {
  const size = call.attributes.integers('kernel_shape');
  if (!size) throw call.refuse('it has no kernel_shape');
  const window = pictureWindow(call, picture, size);
  if (window.dilations.some((n) => n > 1)) throw call.refuse('its window has gaps (dilations)');
  const gone = ([0, 1] as const).find((axis) => window.before[axis] >= window.size[axis] || window.after[axis] >= window.size[axis]);
  if (gone !== undefined) throw call.refuse('it pads by more than its window, and some of its values would be of nothing');
  return window;
}

function pooled(picture: Picture, node: string, [height, width]: readonly [number, number]): Picture {
  return { ...picture, node, height, width };
}
