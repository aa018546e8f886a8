import type { Tensor } from '../graph/Graph.js';
import { interpretSteps } from '../graph/interpret.js';
import { compareEmbeddings } from './compareEmbeddings.js';
import { importFailed } from './importFailed.js';
import type { Network } from './passes/Network.js';
import type { Simplified } from './passes/simplify.js';
import { runSteps } from './runSteps.js';

/** How far a layer's values may lie apart, as a share of their length: rounding to float32 leaves 1e-5 behind a hundred layers. */
const TOLERANCE = 1e-3;

export interface LayerCheck {
  /** Layers that were compared. */
  readonly layers: number;
  /** The largest distance of a layer's values, as a share of their length. */
  readonly difference: number;
  /** The picture as the simplified network was fed it. */
  readonly fed: Float32Array;
  /** What it gives for that. */
  readonly embedding: Float32Array;
}

/**
 * Runs a network as it was read and as it was simplified on the same picture, and compares every layer that both have, and the direction of
 * the embeddings.
 * @param picture [size, size, 3], as the network that was read wants it
 * @throws VisavisError `import-failed` that names the first layer that differs, or whose values are no numbers, or says that
 *   the embedding differs
 */
export async function checkLayers(
  { raw, network, scale, offset }: Simplified,
  picture: Float32Array,
  swap: boolean,
  control: { readonly onStep?: (done: number) => void; readonly signal?: AbortSignal },
): Promise<LayerCheck> {
  const { nodes } = network.graph;
  const common = [...nodes.values()].flatMap(({ name, op }) =>
    raw.graph.nodes.has(name) && op !== 'Const' && !isPicture(name, network) ? [name] : [],
  );
  const ordered = swap ? picture.map((_, i) => picture[i + 2 - 2 * (i % 3)]!) : picture;
  const fed = ordered.map((v) => v * scale + offset);
  const run = (each: Network, values: Float32Array, names: readonly string[], from: number) => {
    const size = Math.sqrt(values.length / 3);
    const steps = interpretSteps(each.graph, { [each.input]: { shape: [1, size, size, 3], values } }, names);
    return runSteps(steps, { ...control, onStep: (done) => control.onStep?.(from + done / 2) });
  };
  const expected = await run(raw, picture, [...common, raw.output], 0);
  const actual = await run(network, fed, [...common, network.output], 0.5);
  let difference = 0;
  common.forEach((name, i) => {
    const apart = distance(actual[i]!, expected[i]!);
    if (!(apart <= TOLERANCE)) {
      throw importFailed(
        Number.isNaN(apart)
          ? `The layer ${name} gives values that are no numbers, or too large ones: its weights cannot be right.`
          : `The layer ${name} computes something else once the network is simplified (${apart.toPrecision(2)} apart). Please report this file.`,
      );
    }
    difference = Math.max(difference, apart);
  });
  const embedding = actual.at(-1)!.values as Float32Array;
  // Of the embedding only the direction is kept: its length, and what follows it, are taken away.
  const cosine = compareEmbeddings(embedding, expected.at(-1)!.values);
  if (Number.isNaN(cosine)) throw importFailed('The embedding has no length, or is no numbers: the weights cannot be right.');
  if (!(cosine >= 1 - TOLERANCE ** 2))
    throw importFailed(
      `The embedding points elsewhere once the network is simplified (cosine ${cosine.toFixed(5)} to ${raw.output}). Please report this file.`,
    );
  return { layers: common.length, difference, fed, embedding };
}

/** Whether a node gives the picture, perhaps with zeros around it: its channels may be in another order in the two networks. */
function isPicture(name: string, { graph, input }: Network): boolean {
  let node = graph.nodes.get(name);
  while (node?.op === 'Pad') node = graph.nodes.get(node.inputs[0]!);
  return node?.name === input;
}

/** The distance of two results as a share of the length of the expected one; NaN where a value is not finite. */
function distance(actual: Tensor, expected: Tensor): number {
  let [gap, length] = [0, 0];
  for (let i = 0; i < expected.values.length; i++) {
    gap += (actual.values[i]! - expected.values[i]!) ** 2;
    length += expected.values[i]! ** 2;
  }
  if (!Number.isFinite(gap + length) || actual.values.length !== expected.values.length) return NaN;
  return gap === 0 ? 0 : Math.sqrt(gap / Math.max(length, 1e-12));
}
