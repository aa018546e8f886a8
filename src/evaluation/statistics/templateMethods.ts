import { euclidean } from '../../matching/euclidean.js';
import { meanEmbedding } from '../../matching/meanEmbedding.js';

/** One way of keeping several pictures of a person and comparing a probe with them. */
export interface TemplateMethod {
  readonly name: string;
  /** Returns embeddings of unit length. */
  readonly keep: (pictures: readonly Pictured[]) => readonly Float32Array[];
  /** Combines the distances to those embeddings into one; must not keep the array. */
  readonly compare: (distances: readonly number[]) => number;
}

export interface Pictured {
  readonly embedding: Float32Array;
  /** Quality, 0 … 1. */
  readonly score: number;
}

/** The method that the others are compared with; it comes first. */
export const BASELINE = 'mean';

/**
 * The methods that are compared.
 * @param limits distances to the medoid beyond which a picture counts as somebody else's: the one used by the SDK (the threshold at 1 in
 *   1,000), and a looser one (at 1 in 100)
 */
export function templateMethods({ strict, lax }: { readonly strict: number; readonly lax: number }): TemplateMethod[] {
  const first = (distances: readonly number[]) => distances[0]!;
  const all = (pictures: readonly Pictured[]) => pictures.map(({ embedding }) => embedding);
  return [
    { name: BASELINE, keep: (pictures) => [meanEmbedding(all(pictures))], compare: first },
    {
      name: 'mean of those near the medoid (1 in 1,000)',
      keep: (pictures) => [meanEmbedding(nearMedoid(all(pictures), strict))],
      compare: first,
    },
    {
      name: 'mean of those near the medoid (1 in 100)',
      keep: (pictures) => [meanEmbedding(nearMedoid(all(pictures), lax))],
      compare: first,
    },
    { name: 'mean without the furthest', keep: (pictures) => [meanEmbedding(withoutFurthest(all(pictures)))], compare: first },
    { name: 'mean by quality', keep: (pictures) => [weightedMean(pictures, (score) => score)], compare: first },
    { name: 'mean by quality²', keep: (pictures) => [weightedMean(pictures, (score) => score ** 2)], compare: first },
    { name: 'mean by quality⁴', keep: (pictures) => [weightedMean(pictures, (score) => score ** 4)], compare: first },
    { name: 'best picture alone', keep: (pictures) => [best(pictures).embedding], compare: first },
    { name: 'all, smallest distance', keep: all, compare: (distances) => Math.min(...distances) },
    { name: 'all, mean distance', keep: all, compare: (distances) => distances.reduce((sum, d) => sum + d, 0) / distances.length },
    { name: 'all, median distance', keep: all, compare: median },
  ];
}

/** The normalized weighted mean. */
export function weightedMean(pictures: readonly Pictured[], weight: (score: number) => number): Float32Array {
  return meanEmbedding(pictures.map(({ embedding, score }) => embedding.map((v) => v * weight(score))));
}

/** Those that `fuseEmbeddings` would keep. */
function nearMedoid(embeddings: readonly Float32Array[], limit: number): Float32Array[] {
  const medoid = embeddings[leastSum(embeddings)]!;
  return embeddings.filter((embedding) => euclidean(embedding, medoid) <= limit);
}

/** All but the one furthest from the others; of two, both. */
export function withoutFurthest(embeddings: readonly Float32Array[]): Float32Array[] {
  if (embeddings.length < 3) return [...embeddings];
  const sums = sumsOfDistances(embeddings);
  const furthest = sums.indexOf(Math.max(...sums));
  return embeddings.filter((_, i) => i !== furthest);
}

function leastSum(embeddings: readonly Float32Array[]): number {
  const sums = sumsOfDistances(embeddings);
  return sums.indexOf(Math.min(...sums));
}

function sumsOfDistances(embeddings: readonly Float32Array[]): number[] {
  return embeddings.map((a) => embeddings.reduce((sum, b) => sum + euclidean(a, b), 0));
}

function best(pictures: readonly Pictured[]): Pictured {
  return pictures.reduce((a, b) => (b.score > a.score ? b : a));
}

/** For an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
