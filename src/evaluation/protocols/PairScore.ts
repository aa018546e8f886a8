/** One comparison from a list of pairs. */
export interface PairScore {
  readonly fold: string;
  /** Whether both pictures show the same person. */
  readonly same: boolean;
  /** Euclidean distance, 0 … 2; Infinity if either picture has no face: such a pair is refused at every threshold. */
  readonly distance: number;
}
