/** Shares, 0 … 1; `f1` is the harmonic mean of `precision` and `recall`. */
export interface Agreement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface ClusterQuality {
  readonly items: number;
  readonly clusters: number;
  readonly classes: number;
  readonly pairwise: Agreement;
  readonly bcubed: Agreement;
}

/**
 * How well a clustering agrees with the truth: pairwise and B-cubed precision, recall and F1.
 *
 * Pairwise: every two items form a pair, which was either put together or not, and either belongs together or not. Large clusters have a
 * weight proportional to the square of their size. If no pair was put together, precision is 1 (nothing is wrong); if none belongs
 * together, recall is 1.
 *
 * B-cubed (Bagga & Baldwin 1998): for every item, how much of its cluster is of its own class (precision) and how much of its class is in
 * its cluster (recall), itself included; then the mean over the items. Amigó et al. 2009 find it the only measure that rewards homogeneity,
 * completeness, a "rest" group and few splits of large classes.
 *
 * Throws a RangeError if there are no items, or not as many labels as classes.
 * @param labels the clustering, one label per item
 * @param truth the known classes, in the same order
 */
export function clusterQuality(labels: ArrayLike<number | string>, truth: ArrayLike<number | string>): ClusterQuality {
  const items = labels.length;
  if (items === 0 || truth.length !== items) {
    throw new RangeError(`expected as many labels as true classes, at least one, got ${items} and ${truth.length}`);
  }
  const clusters = sizes(Array.from(labels));
  const classes = sizes(Array.from(truth));
  // Items of one cluster and one class are counted together. As JSON, 1 and "1" stay different.
  const shared = sizes(Array.from(labels, (label, i) => JSON.stringify([label, truth[i]])));

  const together = pairs(clusters);
  const belonging = pairs(classes);
  const right = pairs(shared);
  let precision = 0;
  let recall = 0;
  for (const [key, count] of shared) {
    const [label, known] = JSON.parse(key) as [number | string, number | string];
    precision += count ** 2 / clusters.get(label)!;
    recall += count ** 2 / classes.get(known)!;
  }
  return {
    items,
    clusters: clusters.size,
    classes: classes.size,
    pairwise: agreement(together === 0 ? 1 : right / together, belonging === 0 ? 1 : right / belonging),
    bcubed: agreement(precision / items, recall / items),
  };
}

function agreement(precision: number, recall: number): Agreement {
  return { precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}

/** How often each value occurs. */
function sizes<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Pairs within groups of these sizes. */
function pairs(groups: ReadonlyMap<unknown, number>): number {
  let sum = 0;
  for (const count of groups.values()) sum += (count * (count - 1)) / 2;
  return sum;
}
