import { Links } from './Links.js';

/**
 * Joins unit vectors into clusters by average linkage: the similarity of two clusters is the mean cosine between their members, and the
 * most similar clusters are joined first, as long as they reach `minCosine`. The result is exactly that of repeatedly joining the closest
 * pair.
 *
 * Computed by nearest-neighbor chains (Murtagh, "A survey of recent advances in hierarchical clustering algorithms", 1983; Müllner, "Modern
 * hierarchical, agglomerative clustering algorithms", 2011, arXiv:1109.2378): go from a cluster to its nearest, from there to its nearest,
 * until two are each other's nearest; join those. Average linkage is reducible (no join makes anything more similar than it was), so the
 * order does not matter, and a cluster whose nearest is less similar than `minCosine` is finished.
 *
 * Two things make it fast. The mean cosine between two clusters is the dot product of their mean vectors, so no distance matrix is kept.
 * And a mean is at most the largest of its values, so only clusters with at least one pair of members that similar have to be considered.
 *
 * Time O(n² · size); memory one bit per pair.
 * @param rows the unit vectors one after the other, [n, size]; overwritten
 * @returns for each vector the index of one member of its cluster, the same for all members
 */
export function averageLinkage(rows: Float64Array, size: number, minCosine: number): Int32Array {
  const n = rows.length / size;
  const links = new Links(rows, size, minCosine);
  const parents = Int32Array.from({ length: n }, (_, i) => i);
  const members = new Float64Array(n).fill(1);
  /** Each cluster's nearest cluster and their similarity; -1 if it has to be searched for (again). */
  const nearest = new Int32Array(n).fill(-1);
  const cosines = new Float64Array(n);
  const lookAgain = (gone: number) => links.each(gone, (row) => nearest[row] === gone && (nearest[row] = -1));

  let chain: number[] = [];
  for (let start = 0; start < n;) {
    if (chain.length === 0) {
      if (parents[start] !== start || nearest[start] === FINISHED) {
        start++;
        continue;
      }
      chain.push(start);
    }
    const top = chain[chain.length - 1]!;
    if (nearest[top]! < 0) {
      cosines[top] = -Infinity;
      links.each(top, (row) => {
        const cosine = dot(rows, size, top, row);
        if (cosine > cosines[top]!) [nearest[top], cosines[top]] = [row, cosine];
      });
    }
    if (!(cosines[top]! >= minCosine)) {
      lookAgain(top);
      links.clear(top);
      nearest[top] = FINISHED;
      chain.pop();
      continue;
    }
    const next = nearest[top]!;
    const before = chain[chain.length - 2];
    if (before === undefined || cosines[top]! > cosines[before]!) {
      // The cosines rise along the chain, so it meets itself only if rounding made a joined cluster more similar than its parts.
      if (chain.includes(next)) chain = [top];
      chain.push(next);
      continue;
    }
    const [a, b] = [members[before]!, members[top]!];
    for (let k = 0; k < size; k++) rows[before * size + k] = (a * rows[before * size + k]! + b * rows[top * size + k]!) / (a + b);
    members[before] = a + b;
    parents[top] = before;
    lookAgain(before);
    lookAgain(top);
    nearest[before] = -1;
    links.move(top, before);
    chain.length -= 2;
  }
  // A joined row's parent may itself have been joined later.
  const root = (row: number): number => {
    while (parents[row] !== row) row = parents[row]!;
    return row;
  };
  return parents.map((_, row) => root(row));
}

/** Stands in for the nearest cluster when none is near enough any more. */
const FINISHED = -2;

function dot(rows: Float64Array, size: number, a: number, b: number): number {
  const whole = size - (size % 4);
  const [p, q] = [a * size, b * size];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let k = 0; k < whole; k += 4) {
    s0 += rows[p + k]! * rows[q + k]!;
    s1 += rows[p + k + 1]! * rows[q + k + 1]!;
    s2 += rows[p + k + 2]! * rows[q + k + 2]!;
    s3 += rows[p + k + 3]! * rows[q + k + 3]!;
  }
  for (let k = whole; k < size; k++) s0 += rows[p + k]! * rows[q + k]!;
  return s0 + s1 + (s2 + s3);
}
