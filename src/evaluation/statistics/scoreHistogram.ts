/** Bin i counts distances from i · width up to but not including (i + 1) · width; the last bin also includes 2. */
export interface ScoreHistogram {
  readonly width: number;
  readonly genuine: readonly number[];
  readonly impostor: readonly number[];
}

const BINS = 4000;

/** Counts distances, 0 … 2, in bins narrow enough to be merged into any others. */
export function scoreHistogram(genuine: ArrayLike<number>, impostor: ArrayLike<number>): ScoreHistogram {
  return { width: 2 / BINS, genuine: count(genuine), impostor: count(impostor) };
}

function count(distances: ArrayLike<number>): number[] {
  const bins = new Array<number>(BINS).fill(0);
  for (let i = 0; i < distances.length; i++) bins[Math.min(Math.floor((distances[i]! * BINS) / 2), BINS - 1)]!++;
  return bins;
}
