import type { Hdf5Object } from '../hdf5/Hdf5Object.js';
import { importFailed } from '../importFailed.js';
import { MAX_NODES } from '../limits.js';

/** Of the model itself and not of a layer. */
const TOP_LEVEL = 'top_level_model_weights';

/** Attributes that a list is split into, of 64 KB each, which may be empty. */
const MAX_PARTS = 256;

/** One dataset of a layer: the name that Keras gave the weight, such as `conv1/kernel:0`, and where it stands. */
export interface StoredWeight {
  readonly name: string;
  readonly dataset: Hdf5Object;
}

/**
 * The weights of a group as Keras 2 writes them, by the names of the model's own layers: members of the group are in alphabetical order, and
 * the true one is in its attributes.
 * @throws VisavisError `import-failed` that names the layer or weight which is not there, or the link that leads nowhere
 */
export function legacyGroups(weights: Hdf5Object): Map<string, StoredWeight[]> {
  const layers = new Map<string, StoredWeight[]>();
  for (const name of listOf(weights, 'layer_names') ?? weights.names()) {
    const group = weights.find(name);
    if (name === TOP_LEVEL) continue;
    if (!group) throw importFailed(`The weights of the layer ${name} are missing: the file has no ${weights.path}/${name}.`);
    layers.set(name, storedIn(group));
  }
  return layers;
}

function storedIn(group: Hdf5Object): StoredWeight[] {
  return (listOf(group, 'weight_names') ?? []).map((name) => {
    const dataset = group.find(name);
    if (!dataset) throw importFailed(`The tensor ${group.path}/${name} is missing: the file is not whole.`);
    return { name, dataset };
  });
}

/** A list of names. Where it is too long for one attribute, Keras splits it: `layer_names0`, `layer_names1` … */
function listOf(group: Hdf5Object, key: string): string[] | undefined {
  const whole = group.texts(key);
  if (whole) return limited(whole, group);
  const parts: string[] = [];
  for (let n = 0; n < MAX_PARTS; n++) {
    const part = group.texts(`${key}${n}`);
    if (!part) return n === 0 ? undefined : parts;
    parts.push(...limited(part, group));
    limited(parts, group);
  }
  throw importFailed(`The group ${group.path || '/'} has its ${key} in more than ${MAX_PARTS} parts: the file is damaged or made to harm.`);
}

function limited(names: string[], { path }: Hdf5Object): string[] {
  if (names.length > MAX_NODES)
    throw importFailed(`The group ${path || '/'} lists ${names.length} names, more than any face recognizer has.`);
  return names;
}
