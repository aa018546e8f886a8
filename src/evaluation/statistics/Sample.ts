/** One picture of a person. */
export interface Sample {
  /** Identifies the picture among all others, such as its path. */
  readonly file: string;
  /** Who it shows. */
  readonly identity: string;
  /** Of unit length, all of the same size, as returned by `verifier.embed`; null without a face. */
  readonly embedding: Float32Array | null;
  /** Why the quality gate would refuse it: `face.quality.reasons`. Default: it would not refuse it. */
  readonly reasons?: readonly string[];
  /** The face's quality, under the names used in `face.quality`, and the absolute angles of its pose (degrees). */
  readonly measures?: Readonly<Record<string, number>>;
  /** With `embedding: null`: `no-face` (the default), or what was wrong with the file. */
  readonly error?: string;
  /** The group it belongs to, for the table of groups. */
  readonly group?: string;
}
