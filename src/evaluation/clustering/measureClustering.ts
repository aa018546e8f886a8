import { cluster } from '../../matching/cluster.js';
import { thresholdAt } from '../../matching/operatingCurve.js';
import type { OperatingPoint } from '../../shared/Manifest.js';
import type { KnownThreshold } from '../statistics/KnownThreshold.js';
import type { Sample } from '../statistics/Sample.js';
import { clusterQuality, type Agreement } from './clusterQuality.js';

/** A clustering at one threshold, compared with the truth. */
export interface ClusterRun {
  /** The threshold's false match rate, according to the operating points. */
  readonly fmr: number;
  readonly threshold: number;
  readonly clusters: number;
  readonly pairwise: Agreement;
  readonly bcubed: Agreement;
}

/** Plain data, ready for JSON. */
export interface ClusterReport {
  readonly minPictures: number;
  readonly people: number;
  readonly pictures: number;
  /** Where the operating points come from, in words. */
  readonly thresholdsFrom: string;
  /** Null if nobody has enough pictures. */
  readonly atThreshold: ClusterRun | null;
  /** At every operating point. */
  readonly sweep: readonly ClusterRun[];
  /** The best run of the sweep by B-cubed F1. It was chosen on these very pictures, so it is better than can be expected. */
  readonly best: ClusterRun | null;
}

export interface ClusteringOptions {
  /** Only people with at least this many embedded pictures take part. */
  readonly minPictures: number;
  /** The false match rate whose threshold joins pictures. */
  readonly fmr: number;
  readonly points: readonly OperatingPoint[];
  /** Where these operating points come from, in words. */
  readonly thresholdsFrom: string;
}

/**
 * Clusters the pictures of everyone with enough of them by face alone (`cluster`), and compares the result with the people they show.
 * Throws a RangeError if the operating points do not cover the false match rate.
 */
export function measureClustering(
  samples: readonly Sample[],
  { minPictures, fmr, points, thresholdsFrom }: ClusteringOptions,
): ClusterReport {
  const people = new Map<string, Float32Array[]>();
  for (const { identity, embedding } of samples) {
    if (embedding) people.set(identity, [...(people.get(identity) ?? []), embedding]);
  }
  const chosen = [...people].filter(([, own]) => own.length >= minPictures);
  const embeddings = chosen.flatMap(([, own]) => own);
  const truth = chosen.flatMap(([identity, own]) => own.map(() => identity));
  const threshold = thresholdAt(points, fmr);

  const run = (at: KnownThreshold): ClusterRun => {
    const { clusters, pairwise, bcubed } = clusterQuality(cluster(embeddings, { threshold: at.threshold }), truth);
    return { fmr: at.fmr, threshold: at.threshold, clusters, pairwise, bcubed };
  };
  const some = embeddings.length > 0;
  const sweep = some ? points.map(run) : [];
  return {
    minPictures,
    people: chosen.length,
    pictures: embeddings.length,
    thresholdsFrom,
    atThreshold: some ? run({ fmr, threshold }) : null,
    sweep,
    best: sweep.length > 0 ? sweep.reduce((a, b) => (b.bcubed.f1 > a.bcubed.f1 ? b : a)) : null,
  };
}
