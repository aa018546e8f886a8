import type { KerasLayer } from './KerasModel.js';
import type { NamedTensor } from './LayerKind.js';

/**
 * The weights of every layer of a model that has some, also of layers in nested models, each in Keras' order of the layer's weights. A layer
 * that the file has no weights of is not there.
 */
export type LayerWeights = ReadonlyMap<KerasLayer, readonly NamedTensor[]>;
