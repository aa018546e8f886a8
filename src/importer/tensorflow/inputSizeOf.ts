import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import type { ReadOptions } from '../ReadOptions.js';
import type { TfNode, TfShape } from './messages.js';

/** Side of the square that the input takes, in pixels. @param usual where neither the file nor the caller says it */
export function inputSizeOf(node: TfNode, { inputSize }: ReadOptions, usual: number | undefined): number {
  const { name, attributes } = node;
  const given = sizesOf(attributes.get('shape')?.shape) ?? sizesOf(attributes.get('_output_shapes')?.list?.shapes[0]);
  const [, height = -1, width = -1, channels = -1] = given ?? [];
  const shown = `[${(given ?? []).map((n) => (n < 0 ? '?' : n)).join(', ')}]`;
  const taken = given === undefined || (given.length === 4 && (channels === 3 || channels < 0) && height === width);
  if (!taken) throw importFailed(`The input ${name} has the shape ${shown}: pictures as [?, size, size, 3] are expected.`);
  if (height > 0 && inputSize !== undefined && inputSize !== height) {
    throw importFailed(`The input ${name} has the shape ${shown}, and an input size of ${inputSize} was asked for.`);
  }
  const size = height > 0 ? height : (inputSize ?? usual);
  if (size === undefined) {
    throw importFailed(`The file does not say which size the picture ${name} has: give it (--input-size; facenet's networks take 160).`);
  }
  if (!Number.isInteger(size) || size < 1 || size > MAX_INPUT_SIZE) {
    throw importFailed(`The input ${name} is ${size} pixels wide: 1 to ${MAX_INPUT_SIZE} are expected.`);
  }
  return size;
}

/** Undefined where nothing is known, not even how many axes there are. */
function sizesOf(shape: TfShape | undefined): number[] | undefined {
  return shape && !shape.unknownRank && shape.dim.length > 0 ? shape.dim.map(({ size }) => size) : undefined;
}
