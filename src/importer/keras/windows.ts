import { isList } from './Json.js';
import type { LayerCall, LayerKind, Value } from './LayerKind.js';
import { settingsOf } from './settings.js';
import { pictureOf, slid } from './shapes.js';

export const maxPooling2d: LayerKind = { build: (call) => pooled(call, 'maxPool') };

export const averagePooling2d: LayerKind = { build: (call) => pooled(call, 'averagePool') };

export const globalAveragePooling2d: LayerKind = {
  build(call) {
    const settings = settingsOf(call);
    settings.channelsLast();
    const { node, shape } = pictureOf(call);
    const keep = settings.flag('keepdims', false);
    return { node: call.builder.globalAverage(call.name, node, keep), shape: keep ? [1, 1, shape[2]] : [shape[2]] };
  },
};

/** Rows and columns of zeros: one number, [rows, columns], or [[top, bottom], [left, right]]. */
export const zeroPadding2d: LayerKind = {
  build(call) {
    const settings = settingsOf(call);
    settings.channelsLast();
    const { node, shape } = pictureOf(call);
    const value = settings.value('padding') ?? 1;
    const sides = isList(value) ? value : [value, value];
    const [rows, columns] = [0, 1].map((axis) => settingsOf({ ...call, config: { padding: sides[axis] ?? null } }).pair('padding', 0)) as [
      [number, number],
      [number, number],
    ];
    const padded = [shape[0] + rows[0] + rows[1], shape[1] + columns[0] + columns[1], shape[2]];
    return { node: call.builder.pad(call.name, node, rows, columns), shape: padded };
  },
};

function pooled(call: LayerCall, kind: 'maxPool' | 'averagePool'): Value {
  const settings = settingsOf(call);
  settings.channelsLast();
  const { node, shape } = pictureOf(call);
  const size = settings.pair('pool_size', 1, 2);
  const [strides, padding] = [settings.pair('strides', 1, [...size]), settings.padding()];
  const places = slid(call, [shape[0], shape[1]], size, strides, padding);
  return { node: call.builder[kind](call.name, node, size, { strides, padding }), shape: [...places, shape[2]] };
}
