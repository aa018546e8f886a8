import { importFailed } from '../importFailed.js';
import type { LayerCall, NamedTensor, Value } from './LayerKind.js';
import type { Pair } from './settings.js';

/** The only input of a layer. */
export function onlyInput({ name, className, inputs }: LayerCall): Value {
  const [input] = inputs;
  if (input && inputs.length === 1) return input;
  throw importFailed(`The layer ${name} (${className}) has ${inputs.length} inputs, wanted 1.`);
}

/** The only input, which must be a picture: [height, width, channels]. */
export function pictureOf(call: LayerCall): { readonly node: string; readonly shape: readonly [number, number, number] } {
  const { node, shape } = onlyInput(call);
  const [height, width, channels] = shape;
  if (shape.length === 3) return { node, shape: [height!, width!, channels!] };
  throw importFailed(`The layer ${call.name} (${call.className}) gets [${shape.join(', ')}], wanted a picture: [height, width, channels].`);
}

/** Height and width after a window has moved over the picture. */
export function slid(call: LayerCall, picture: Pair, size: Pair, strides: Pair, padding: 'SAME' | 'VALID', dilations: Pair = [1, 1]): Pair {
  const along = (axis: 0 | 1) => {
    const covered = padding === 'SAME' ? 0 : (size[axis] - 1) * dilations[axis];
    return Math.ceil((picture[axis] - covered) / strides[axis]);
  };
  const result: Pair = [along(0), along(1)];
  if (result.some((n) => n < 1)) throw importFailed(`The input is too small for this network: nothing is left at the layer ${call.name}.`);
  return result;
}

/** @throws VisavisError `import-failed` that names the tensor if its shape is another; −1 stands for any number */
export function checkShape({ name, tensor: { shape } }: NamedTensor, wanted: readonly number[]): void {
  if (shape.length === wanted.length && shape.every((n, axis) => n > 0 && (wanted[axis] === -1 || n === wanted[axis]))) return;
  const list = wanted.map((n) => (n === -1 ? 'any' : n)).join(', ');
  throw importFailed(`The tensor ${name} has the shape [${shape.join(', ')}], wanted [${list}] at its place.`);
}
