import { importFailed } from './importFailed.js';
import { MAX_AXES, MAX_EMPTY_PLACES, MAX_TENSOR_VALUES } from './limits.js';

/**
 * How many values a tensor of a file has, by the shape that the file gives it.
 * @throws VisavisError `import-failed` that names the tensor, where an axis is no count or the values are too many to be true
 */
export function sizeOfShape(name: string, shape: readonly (number | bigint)[]): number {
  if (shape.length > MAX_AXES) throw importFailed(`The tensor ${name} has ${shape.length} axes: at most ${MAX_AXES} are taken.`);
  // An axis of no size makes no values, and yet others that are counted through.
  let [size, places] = [1, 1];
  for (const axis of shape.map(Number)) {
    if (!Number.isInteger(axis) || axis < 0)
      throw importFailed(`The tensor ${name} has the shape [${shape.join(', ')}], with a negative or broken dimension.`);
    size *= axis;
    places *= Math.max(axis, 1);
  }
  if (places > (size === 0 ? MAX_EMPTY_PLACES : MAX_TENSOR_VALUES))
    throw importFailed(`The tensor ${name} is too large: its shape is [${shape.join(', ')}]. The file is damaged or made to harm.`);
  return size;
}
