import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import type { OnnxModel } from './OnnxModel.js';

/** The picture that a network takes. */
export interface OnnxInput {
  readonly name: string;
  /** Side of the square in pixels. */
  readonly size: number;
  /** Whether the channels come last. */
  readonly last: boolean;
  /** Pictures in a batch; 1 where it may be any number. */
  readonly batch: number;
}

/**
 * Finds the picture among a file's inputs.
 * @param inputSize for files that do not say it
 * @throws VisavisError `import-failed` where there is none, or another input that has no value
 */
export function readInput({ inputs, initializers }: OnnxModel, inputSize: number | undefined): OnnxInput {
  const open = inputs.filter(({ name }) => !initializers.has(name));
  const [input] = open;
  if (!input) throw importFailed('The network has no input.');
  if (open.length > 1) {
    const names = open.map(({ name }) => name).join(', ');
    throw importFailed(`The network has ${open.length} inputs (${names}), and a face recognizer has one: the picture.`);
  }
  const { name, shape } = input;
  if (shape?.length !== 4) throw wrong(name, shape);
  const last = shape[3] === 3 && shape[1] !== 3;
  const [channels, height, width] = last ? [shape[3], shape[1], shape[2]] : shape.slice(1);
  const sides = [height, width].map((side) => (typeof side === 'number' && side > 0 ? side : undefined));
  const size = sides[0] ?? sides[1] ?? inputSize;
  if (size === undefined)
    throw importFailed(`The file does not say how large the picture ${name} is: pass its side in pixels as the input size.`);
  if (channels !== 3 && !(channels === undefined || typeof channels === 'string' || channels <= 0)) throw wrong(name, shape);
  if (sides.some((side) => side !== undefined && side !== size))
    throw importFailed(`The picture ${name} is not square: [${shape.join(', ')}].`);
  if (inputSize !== undefined && inputSize !== size)
    throw importFailed(`The picture ${name} is [${shape.join(', ')}], and an input size of ${inputSize} was asked for.`);
  if (!Number.isInteger(size) || size < 1 || size > MAX_INPUT_SIZE)
    throw importFailed(`The picture ${name} has a side of ${size} pixels: 1 to ${MAX_INPUT_SIZE} are taken.`);
  const batch = shape[0];
  return { name, size, last, batch: typeof batch === 'number' && batch >= 1 && batch <= MAX_BATCH ? batch : 1 };
}

/** Larger batches are no batches. */
const MAX_BATCH = 4096;

function wrong(name: string, shape: readonly (number | string)[] | undefined) {
  const is = shape ? `has the shape [${shape.join(', ')}]` : 'has no shape';
  return importFailed(`The input ${name} ${is}: a picture of three channels is wanted, [batch, 3, size, size].`);
}
