/** One picture of a person. */
export interface Sample {
  /** What tells the picture apart from all others, such as its path. */
  readonly file: string;
  /** Who it shows. */
  readonly identity: string;
  /** Of unit length, all of one size, as `verifier.embed` gives it; null without a face. */
  readonly embedding: Float32Array | null;
  /** Why the quality gate would refuse it: `face.quality.reasons`. Default: it would not. */
  readonly reasons?: readonly string[];
  /** The face's quality, by the names of `face.quality`, and the angles of its pose without their sign. */
  readonly measures?: Readonly<Record<string, number>>;
  /** With `embedding: null`: `no-face` (the default), or what was wrong with the file. */
  readonly error?: string;
  /** For the table of groups. */
  readonly group?: string;
}
