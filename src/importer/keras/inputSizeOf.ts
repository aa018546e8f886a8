import { importFailed } from '../importFailed.js';
import { MAX_INPUT_SIZE } from '../limits.js';
import { isList, property } from './Json.js';
import type { KerasLayer } from './KerasModel.js';

/**
 * Side of the square picture that a model takes, by its input layer, or as it is asked for where the model takes any.
 * @throws VisavisError `import-failed` where it takes something else
 */
export function inputSizeOf({ name, config, model }: KerasLayer, wanted: number | undefined): number {
  const first = model?.layers.get(model.inputs[0]?.layer ?? '');
  if (first) return inputSizeOf(first, wanted);
  // Keras 3 says batch_shape, Keras 2 batch_input_shape: [batch, height, width, channels].
  const shape = property(config, 'batch_shape') ?? property(config, 'batch_input_shape');
  const [, height = null, width = null, channels = null] = isList(shape) ? shape : [];
  const found = `The input ${name} is ${JSON.stringify(shape ?? null).slice(0, 80)}`;
  const known = isList(shape) && (shape.length !== 4 || channels !== 3 || height !== width);
  if (known) throw importFailed(`${found}, wanted a square color picture: [batch, size, size, 3].`);
  const size = height ?? wanted;
  if (size === undefined) throw importFailed(`${found}: it does not say how large the picture is. Say so with --input-size.`);
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_INPUT_SIZE)
    throw importFailed(`${found}: sizes from 1 to ${MAX_INPUT_SIZE} pixels are taken.`);
  if (wanted !== undefined && wanted !== size) throw importFailed(`${found}, and an input size of ${wanted} was asked for.`);
  return size;
}
