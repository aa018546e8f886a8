import type { KerasLayer, KerasModel } from './KerasModel.js';
import { kindOf } from './layers.js';

/** What the weights of a layer are, in Keras' order; none for models, and for classes that are not known. */
export function rolesOf(layer: KerasLayer): readonly string[] {
  return layer.model ? [] : (kindOf(layer.className)?.weights?.(layer.config) ?? []);
}

/** Every layer of a model and of the models in it, models themselves left out. */
export function* leavesOf(model: KerasModel): Generator<KerasLayer> {
  for (const layer of model.layers.values()) {
    if (layer.model) yield* leavesOf(layer.model);
    else yield layer;
  }
}
