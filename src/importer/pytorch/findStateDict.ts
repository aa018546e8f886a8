import { importFailed } from '../importFailed.js';
import { MAX_DEPTH, MAX_NODES } from '../limits.js';
import { PickleObject, type PickleValue } from '../pickle/PickleValue.js';
import type { TensorReference } from './TensorReference.js';
import { TorchTensor } from './torchHost.js';

export interface StateDict {
  readonly tensors: ReadonlyMap<string, TensorReference>;
  /** Sentences for the user. */
  readonly notes: readonly string[];
}

/** Where checkpoints keep the network's weights, in the order in which they are taken; others count by their tensors. */
const USUAL = ['state_dict', 'model_state_dict', 'model', 'net', 'network', 'backbone', 'student'];
/** How deep checkpoints nest their state_dict. */
const CHECKPOINT_DEPTH = 4;
const LONGEST_NAME = 1000;
/** Flags and hooks included: a module has about ten. */
const MOST_ATTRIBUTES = 20 * MAX_NODES;

/**
 * The tensors of what a file holds: a state_dict, a checkpoint that has one somewhere (by its usual names; otherwise the one with most
 * tensors), or a TorchScript module, whose attributes' names are joined by dots.
 * @throws VisavisError `import-failed` where there are none, or too many to be true
 */
export function findStateDict(root: PickleValue): StateDict {
  if (root instanceof PickleObject) return { tensors: attributesOf(root), notes: [] };
  const found = dictionariesIn(root);
  const rank = (path: readonly string[]) => {
    const at = USUAL.indexOf(path.at(-1) ?? '');
    return at < 0 ? USUAL.length : at;
  };
  // Sorting is stable, so of equals the first stays first.
  const [best, ...others] = found.sort((a, b) => rank(a.path) - rank(b.path) || b.tensors.size - a.tensors.size);
  if (!best) throw importFailed('There are no tensors in the file: nothing that could be a network.');
  if (best.path.length === 0) return { tensors: best.tensors, notes: [] };
  const rest = others.length
    ? `; not those in ${others
        .map(({ path }) => quoted(path))
        .slice(0, 5)
        .join(', ')}`
    : '';
  return { tensors: best.tensors, notes: [`The weights are those in ${quoted(best.path)}${rest}.`] };
}

interface Found {
  readonly path: readonly string[];
  readonly tensors: Map<string, TensorReference>;
}

function quoted(path: readonly string[]): string {
  return path.length ? `'${path.join('.')}'` : 'the file itself';
}

/** Every dictionary that has tensors by name. */
function dictionariesIn(root: PickleValue): Found[] {
  const found: Found[] = [];
  const queue: { value: PickleValue; path: readonly string[] }[] = [{ value: root, path: [] }];
  const seen = new Set<PickleValue>();
  for (const { value, path } of queue) {
    if (!(value instanceof Map) || seen.has(value)) continue;
    seen.add(value);
    const tensors = new Map<string, TensorReference>();
    for (const [key, item] of value) {
      if (typeof key !== 'string') continue;
      if (item instanceof TorchTensor) tensors.set(key, item.value);
      else if (item instanceof Map && path.length < CHECKPOINT_DEPTH) queue.push({ value: item, path: [...path, key] });
    }
    if (tensors.size > MAX_NODES)
      throw importFailed(`The file has ${tensors.size} tensors in one dictionary, more than any face recognizer.`);
    if (tensors.size) found.push({ path, tensors });
  }
  return found;
}

/** The tensors of a module and of those within it. */
function attributesOf(module: PickleObject): ReadonlyMap<string, TensorReference> {
  const tensors = new Map<string, TensorReference>();
  const stack: { object: PickleObject; prefix: string; depth: number }[] = [{ object: module, prefix: '', depth: 0 }];
  let visited = 0;
  while (stack.length) {
    const { object, prefix, depth } = stack.pop()!;
    // Objects may be parts of several others, so that a short file can have more paths than there is time.
    visited += object.attributes.size;
    if (depth > MAX_DEPTH || prefix.length > LONGEST_NAME || visited > MOST_ATTRIBUTES || tensors.size > MAX_NODES)
      throw importFailed(`The module ${object.type} is nested too deeply, or has more parts than any face recognizer.`);
    for (const [key, item] of object.attributes) {
      if (typeof key !== 'string') continue;
      if (item instanceof TorchTensor) tensors.set(prefix + key, item.value);
      else if (item instanceof PickleObject) stack.push({ object: item, prefix: `${prefix}${key}.`, depth: depth + 1 });
    }
  }
  if (tensors.size === 0) throw importFailed(`There are no tensors in the file: ${module.type} has no weights.`);
  return tensors;
}
