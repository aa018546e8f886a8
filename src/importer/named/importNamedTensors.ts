import type { Tensor } from '../../graph/Graph.js';
import { namedWeights } from '../architectures/namedWeights.js';
import { writeArchitecture } from '../architectures/writeArchitecture.js';
import { throwIfAborted } from '../../shared/abortable.js';
import type { ImportedGraph } from '../ImportedGraph.js';
import { importFailed } from '../importFailed.js';
import type { ReadOptions } from '../ReadOptions.js';
import { arrange } from './arrange.js';
import type { NamedNetwork } from './NamedNetwork.js';
import { NETWORKS } from './networks.js';

/** Where the tensors come from. */
export interface TensorOrigin {
  readonly format: string;
  readonly notes: readonly string[];
}

/**
 * The network that a file's tensors belong to, by their names.
 * @param tensors in PyTorch's order, by their keys
 * @throws VisavisError `import-failed` that names the tensor: a value is not finite, one is missing or has another shape, or the network is
 *   not known
 */
export function importNamedTensors(
  tensors: ReadonlyMap<string, Tensor>,
  { format, notes }: TensorOrigin,
  { architecture, inputSize, signal }: ReadOptions,
): ImportedGraph {
  throwIfAborted(signal);
  if (tensors.size === 0) throw importFailed('There are no tensors in the file: nothing that could be a network.');
  for (const [name, { values }] of tensors) {
    const bad = firstBroken(values);
    if (bad >= 0)
      throw importFailed(
        `A weight is not a finite number: value ${bad} of ${name} is ${values[bad]}. The training failed, or the file is damaged.`,
      );
  }
  const { network, prefix } = identify([...tensors.keys()], architecture);
  const source = namedWeights(
    tensors,
    (layer, part) => {
      const key = network.keyOf(layer, part);
      return key === undefined ? undefined : { layer: prefix + key.replace(/\.[^.]*$/, ''), tensor: prefix + key };
    },
    arrange,
  );
  const written = writeArchitecture(network.architecture, source, inputSize);
  return { ...written, format, notes: [...notes, ...notesOnUnused(source.unused(), network, prefix)] };
}

/** The network whose anchor is there, and what stands before it: `module.`, for example, after training on several machines. */
function identify(keys: readonly string[], wanted: string | undefined): { network: NamedNetwork; prefix: string } {
  const candidates = NETWORKS.filter(({ architecture }) => wanted === undefined || architecture.id === wanted);
  if (candidates.length === 0) throw importFailed(`The architecture ${wanted} is not one that is known by PyTorch's names: ${ids()}.`);
  for (const network of candidates) {
    const key = keys.find((name) => name === network.anchor || name.endsWith(`.${network.anchor}`));
    if (key !== undefined) return { network, prefix: key.slice(0, -network.anchor.length) };
  }
  const first = `${keys.slice(0, 5).join(', ')}${keys.length > 5 ? ` and ${keys.length - 5} more` : ''}`;
  throw importFailed(
    `The tensors are those of a network that is not known here (${ids()}): ${first}. Export the model to ONNX, which says what the network is.`,
  );
}

function ids(): string {
  return [...new Set(NETWORKS.map(({ architecture }) => architecture.id))].join(', ');
}

function notesOnUnused(unused: readonly string[], { unused: known }: NamedNetwork, prefix: string): string[] {
  if (unused.length === 0) return [];
  const names = `${unused.slice(0, 5).join(', ')}${unused.length > 5 ? ` and ${unused.length - 5} more` : ''}`;
  const training = known && unused.every((key) => key.startsWith(prefix) && known.test(key.slice(prefix.length)));
  return [training ? `Left out: ${names}, which only training uses.` : `Left out, since the network has no such layer: ${names}.`];
}

/** Where the first value stands that is not finite; −1 where there is none. A loop: it goes over every value of the file. */
function firstBroken(values: Tensor['values']): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return i;
  return -1;
}
