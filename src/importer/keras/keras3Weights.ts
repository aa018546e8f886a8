import type { Hdf5Object } from '../hdf5/Hdf5Object.js';
import { importFailed } from '../importFailed.js';
import { MAX_NODES } from '../limits.js';
import type { KerasLayer, KerasModel } from './KerasModel.js';
import type { NamedTensor } from './LayerKind.js';
import type { LayerWeights } from './LayerWeights.js';
import { readWeight } from './readWeight.js';
import { rolesOf } from './weightedLayers.js';

/** Where a model keeps its layers; the second is Keras 2.12's and 2.13's. */
const CONTAINERS = ['layers', '_layer_checkpoint_dependencies'];

/**
 * The weights of a model from a file of Keras 3 (`model.weights.h5`). Groups have the class' name with a counter, `layers/conv2d_7`; the
 * layer's own name is an attribute of the group `vars` in it, and decides where it is there.
 */
export async function keras3Weights(model: KerasModel, group: Hdf5Object): Promise<LayerWeights> {
  const weights = new Map<KerasLayer, NamedTensor[]>();
  await fill(weights, model, group);
  return weights;
}

async function fill(weights: Map<KerasLayer, NamedTensor[]>, model: KerasModel, group: Hdf5Object): Promise<void> {
  const container = containerOf(group);
  const groups = new Map(container?.names().map((name) => [name, name]));
  const counters = new Map<string, number>();
  const named = new Map<string, Hdf5Object>();
  for (const name of groups.keys()) {
    const own = container?.find(`${name}/vars`)?.texts('name')?.[0];
    if (own !== undefined) named.set(own, container!.find(name)!);
  }
  for (const layer of model.layers.values()) {
    const kind = snakeCase(layer.className);
    const count = counters.get(kind) ?? 0;
    counters.set(kind, count + 1);
    const found = named.get(layer.name) ?? container?.find(count === 0 ? kind : `${kind}_${count}`);
    if (!found) continue;
    if (layer.model) await fill(weights, layer.model, found);
    else if (rolesOf(layer).length > 0) weights.set(layer, await readVariables(found));
  }
}

/** The group of a model's layers. */
export function containerOf(group: Hdf5Object): Hdf5Object | undefined {
  for (const name of CONTAINERS) {
    const container = group.find(name);
    if (container) return container;
  }
  return undefined;
}

/** The datasets `vars/0`, `vars/1` … of a layer's group. */
export async function readVariables(layer: Hdf5Object): Promise<NamedTensor[]> {
  const variables = layer.find('vars');
  const count = variables?.names().length ?? 0;
  if (count > MAX_NODES) throw importFailed(`The layer ${layer.path} has ${count} weights.`);
  const weights: NamedTensor[] = [];
  for (let n = 0; n < count; n++) {
    const dataset = variables?.find(String(n));
    if (!dataset) throw importFailed(`The tensor ${layer.path}/vars/${n} is missing: the file is not whole.`);
    weights.push(await readWeight(dataset));
  }
  return weights;
}

/** As Keras makes the names of groups: "Conv2D" becomes conv2d, "BatchNormalization" batch_normalization. */
function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, '')
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
