import type { KerasLayer, KerasModel } from './KerasModel.js';
import type { StoredWeight } from './legacyGroups.js';
import type { NamedTensor } from './LayerKind.js';
import type { LayerWeights } from './LayerWeights.js';
import { readWeight } from './readWeight.js';
import { leavesOf, rolesOf } from './weightedLayers.js';

/**
 * The weights of a model from a file of Keras 2. A nested model has one group for all its layers, in another order (first everything that is
 * trained, then all statistics): there a weight is found by the layer's name before the last slash.
 */
export async function legacyWeights(model: KerasModel, groups: ReadonlyMap<string, readonly StoredWeight[]>): Promise<LayerWeights> {
  const weights = new Map<KerasLayer, NamedTensor[]>();
  for (const layer of model.layers.values()) {
    const stored = groups.get(layer.name) ?? [];
    if (!layer.model) await fill(weights, layer, stored);
    else for (const leaf of leavesOf(layer.model)) await fill(weights, leaf, ofLayer(stored, leaf.name));
  }
  return weights;
}

function ofLayer(stored: readonly StoredWeight[], layer: string): StoredWeight[] {
  return stored.filter(({ name }) => name.split('/').at(-2) === layer);
}

async function fill(weights: Map<KerasLayer, NamedTensor[]>, layer: KerasLayer, stored: readonly StoredWeight[]): Promise<void> {
  if (rolesOf(layer).length === 0 || stored.length === 0) return;
  const read: NamedTensor[] = [];
  for (const { dataset } of stored) read.push(await readWeight(dataset));
  weights.set(layer, read);
}
