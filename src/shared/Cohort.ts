/** How a cohort's file is read, and what is done with it: a model's manifest says so. */
export interface CohortRule {
  /** Rows in the file: centroids of many people's embeddings. */
  readonly count: number;
  /** What a value of the file, an int8, is multiplied by. */
  readonly scale: number;
  /** How many of the rows that are most like a face its mean is taken of. */
  readonly k: number;
  /** The share of both faces' means, added up, that is subtracted from their cosine; 0.5 subtracts half of each. */
  readonly weight: number;
  /** The mean that faces usually have: with it nothing is subtracted, so that normalized distances are on the scale of plain ones. */
  readonly center: number;
}

/** A cohort's file and the part of the manifest that is about it: plain data, which can be posted to a worker. */
export interface CohortFile {
  /** [count, embeddingSize] int8 in row-major order. */
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly embeddingSize: number;
  readonly rule: CohortRule;
}

/**
 * People whom a face is compared with to see how ordinary it is. Of two faces that are like many others, a small distance says less: a
 * normalized distance takes that into account (symmetric score normalization, known from speaker verification).
 */
export interface Cohort extends CohortRule {
  /** Of its file, lower-case hexadecimal. */
  readonly sha256: string;
  /** Values of the embeddings that it is for. */
  readonly embeddingSize: number;
  /**
   * The mean cosine, -1 … 1, of an embedding and the `k` rows that are most like it. Throws a TypeError for anything that is not an embedding
   * of the cohort's size.
   */
  meanOf(embedding: Float32Array): number;
  /**
   * The same of many embeddings that lie one after the other, [n, embeddingSize] in row-major order: bit for bit what `meanOf` returns of each, in
   * half of the time. Throws a TypeError for another number of values. Whether they are embeddings is not looked at.
   */
  meansOf(embeddings: Float32Array): Float64Array;
  /**
   * The normalized distance of two embeddings: √(distance² + 2 · weight · (a + b − 2 · center)), or 0 where that is no number. It is more than
   * `distance` for faces that are like many others.
   * @param distance Euclidean, 0 … 2
   * @param a what `meanOf` says of the one
   * @param b what it says of the other
   */
  normalize(distance: number, a: number, b: number): number;
  /** What `readCohort` makes the same of, elsewhere. */
  toFile(): CohortFile;
}
