import { assertOptions, type OptionNames } from '../shared/assertOptions.js';
import { describe } from '../shared/describe.js';
import { averageLinkage } from './averageLinkage.js';
import { assertEmbedding } from '../shared/assertEmbedding.js';

export interface ClusterOptions {
  /**
   * Euclidean distance, 0 … 2, such as `thresholdAt(verifier.info.operatingPoints, 1e-3)`: two clusters are joined if the mean squared
   * distance between their members is at most its square. 0 joins only equal embeddings, 2 joins everything.
   */
  threshold: number;
}

const OPTIONS: OptionNames<ClusterOptions> = { threshold: true };

/** Equal vectors have a cosine of 1 up to rounding; this corresponds to a distance of about 1e-6. */
const ROUNDING = 1e-12;

/**
 * Groups embeddings by person, without knowing how many people there are. Returns the cluster label of each embedding, in input order.
 * Label 0 is the largest cluster, and so on; among clusters of equal size, the one that appears first in the input comes first.
 *
 * Uses average linkage (see `averageLinkage`): one pair of look-alikes does not join two people, as it would with single linkage, and one
 * bad picture does not split a person in two, as it would with complete linkage. It is exact and, unlike Chinese whispers, needs no seed.
 * The result depends only on the set of embeddings: in another order they form the same clusters.
 *
 * Time grows with the square of the number of embeddings (in Node 20 on one 2.5 GHz core: about 0.2 s for 1,000 × 128 values, 1 to 2 s for
 * 4,000, 7 to 10 s for 10,000). Memory: a copy in double precision and one bit per pair. For more than a few hundred, call it in a worker
 * so that it does not block the page.
 *
 * Throws a TypeError for anything that is not an embedding and a RangeError for a threshold outside 0 … 2.
 */
export function cluster(embeddings: readonly Float32Array[], options: ClusterOptions): Int32Array {
  assertOptions(options, OPTIONS, 'cluster');
  const { threshold } = options;
  if (typeof threshold !== 'number') throw new TypeError(`expected a distance threshold, a number, got ${describe(threshold)}`);
  if (!(threshold >= 0 && threshold <= 2)) throw new RangeError(`expected a distance threshold between 0 and 2, got ${threshold}`);
  if (!Array.isArray(embeddings)) throw new TypeError(`expected an array of embeddings, got ${describe(embeddings)}`);
  const list = embeddings as readonly Float32Array[];
  for (const embedding of list) assertEmbedding(embedding, list[0]?.length);
  if (list.length === 0) return new Int32Array(0);

  // Sorted by their values, so that the order of the input does not decide between equally close clusters.
  const order = list.map((_, i) => i).sort((a, b) => compare(list[a]!, list[b]!));
  const size = list[0]!.length;
  const rows = new Float64Array(list.length * size);
  order.forEach((i, place) => rows.set(list[i]!, place * size));
  for (let at = 0; at < rows.length; at += size) toUnitLength(rows.subarray(at, at + size));
  const roots = averageLinkage(rows, size, 1 - (threshold * threshold) / 2 - ROUNDING);
  rows.fill(0);
  const clusters = new Int32Array(list.length);
  order.forEach((i, place) => (clusters[i] = roots[place]!));
  return numberBySize(clusters);
}

/** Makes values of length 1 in double precision, which float32 values are not. */
function toUnitLength(values: Float64Array): void {
  const norm = Math.sqrt(values.reduce((sum, v) => sum + v * v, 0));
  values.forEach((v, i) => (values[i] = v / norm));
}

function compare(a: Float32Array, b: Float32Array): number {
  const k = a.findIndex((value, i) => value !== b[i]);
  return k < 0 ? 0 : a[k]! - b[k]!;
}

function numberBySize(clusters: Int32Array): Int32Array {
  const counts = new Map<number, number>();
  for (const c of clusters) counts.set(c, (counts.get(c) ?? 0) + 1);
  // A Map keeps the order of appearance, and sorting keeps it among equals.
  const labels = new Map([...counts].sort(([, a], [, b]) => b - a).map(([c], label) => [c, label]));
  return clusters.map((c) => labels.get(c)!);
}
