import { MAX_INPUT_SIZE } from '../../limits.js';
import { sizeOfShape } from '../../sizeOfShape.js';
import type { Call } from '../Call.js';
import type { Value } from '../Value.js';
import { axisOf } from './axes.js';
import { oneNumber } from './oneNumber.js';

/** Rows and columns of zeros. Counts are an attribute before version 11 of the operators. */
export function padding(call: Call): Value {
  const picture = call.picture(0);
  const mode = call.attributes.text('mode') ?? 'constant';
  const value = call.optionalConstant(2, 'value');
  const fill = value ? oneNumber(call, value) : (call.attributes.number('value') ?? 0);
  if (mode !== 'constant' || fill !== 0)
    throw call.refuse(`it pads with ${mode === 'constant' ? fill : mode}, and only zeros are known here`);
  const counts = call.integers(1, 'pads');
  const axes = call.optionalConstant(3, 'axes')?.values ?? [0, 1, 2, 3];
  if (counts?.length !== 2 * axes.length) throw call.refuse('its pads do not fit its axes');
  const sides = [0, 1, 2, 3].map((): [number, number] => [0, 0]);
  for (const [i, axis] of Array.from(axes).entries()) sides[axisOf(call, axis, 4)] = [counts[i]!, counts[i + axes.length]!];
  const [rows, columns, others] = picture.last ? [sides[1]!, sides[2]!, [sides[0]!, sides[3]!]] : [sides[2]!, sides[3]!, sides.slice(0, 2)];
  const wrong = others.flat().some((n) => n !== 0) || [...rows, ...columns].some((n) => n < 0 || n > MAX_INPUT_SIZE);
  if (wrong) throw call.refuse(`its pads are [${counts.join(', ')}], and only rows and columns are added here`);
  if ([...rows, ...columns].every((n) => n === 0)) return picture;
  const [height, width] = [picture.height + rows[0] + rows[1], picture.width + columns[0] + columns[1]];
  sizeOfShape(call.name, [height, width, picture.channels]);
  return { ...picture, node: call.builder.pad(call.name, picture.node, rows, columns), height, width };
}
