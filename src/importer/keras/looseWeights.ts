import type { Tensor } from '../../graph/Graph.js';
import type { Hdf5Object } from '../hdf5/Hdf5Object.js';
import { importFailed } from '../importFailed.js';
import { MAX_DEPTH, MAX_NODES } from '../limits.js';
import { containerOf, readVariables } from './keras3Weights.js';
import type { StoredWeight } from './legacyGroups.js';
import { readWeight } from './readWeight.js';

/** Weights by the part of a name after the last slash; others (counters, seeds) are no weights of a recognizer. */
const ROLES = /^(kernel|depthwise_kernel|bias|gamma|beta|moving_mean|moving_variance)(:0)?$/;

/** The weights of a Keras 2 file that has no model, by layer and weight: `conv1/kernel:0`. */
export async function looseLegacyWeights(groups: ReadonlyMap<string, readonly StoredWeight[]>): Promise<Map<string, Tensor>> {
  const tensors = new Map<string, Tensor>();
  for (const { name, dataset } of [...groups.values()].flat()) {
    const [layer, role] = name.split('/').slice(-2);
    const known = ROLES.exec(role ?? '')?.[1];
    if (known) add(tensors, `${layer}/${known}:0`, (await readWeight(dataset)).tensor);
  }
  return tensors;
}

/** What the variables of a layer are, by its class as the group has it. */
const VARIABLES: Readonly<Record<string, (count: number) => readonly string[]>> = {
  conv2d: () => ['kernel', 'bias'],
  depthwise_conv2d: () => ['depthwise_kernel', 'bias'],
  dense: () => ['kernel', 'bias'],
  // Without scale, as the embedding of FaceNet has it, the first is beta.
  batch_normalization: (count) => ['gamma', 'beta', 'moving_mean', 'moving_variance'].slice(4 - count),
};

/** The weights of a Keras 3 file that has no model, by the layer's own name, which is an attribute. */
export async function looseKeras3Weights(root: Hdf5Object): Promise<Map<string, Tensor>> {
  const tensors = new Map<string, Tensor>();
  const waiting = [{ group: root, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { group, depth } = next;
    if (depth > MAX_DEPTH)
      throw importFailed(`The HDF5 file has a cycle of groups, or models nested deeper than ${MAX_DEPTH} levels, at ${group.path}.`);
    const container = containerOf(group);
    for (const member of container?.names() ?? []) {
      const layer = container?.find(member);
      if (!layer) continue;
      const roles = VARIABLES[member.replace(/_\d+$/, '')];
      if (!roles) waiting.push({ group: layer, depth: depth + 1 });
      else await addLayer(tensors, layer, roles);
    }
    if (waiting.length > MAX_NODES)
      throw importFailed(`The HDF5 file has a cycle of groups, or more than ${MAX_NODES} layers, at ${group.path}.`);
  }
  return tensors;
}

async function addLayer(tensors: Map<string, Tensor>, layer: Hdf5Object, roles: (count: number) => readonly string[]): Promise<void> {
  const name = layer.find('vars')?.texts('name')?.[0];
  const variables = await readVariables(layer);
  for (const [i, role] of roles(variables.length).entries()) {
    const variable = variables[i];
    if (variable) add(tensors, `${name ?? layer.path}/${role}:0`, variable.tensor);
  }
}

function add(tensors: Map<string, Tensor>, key: string, tensor: Tensor): void {
  if (tensors.has(key)) throw importFailed(`The file has two weights ${key}: two of its layers have one name.`);
  if (tensors.size >= MAX_NODES) throw importFailed(`The file has more than ${MAX_NODES} weights.`);
  tensors.set(key, tensor);
}
