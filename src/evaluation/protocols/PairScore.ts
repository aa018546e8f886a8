/** One comparison of a list of pairs. */
export interface PairScore {
  readonly fold: string;
  /** Whether both pictures show one person. */
  readonly same: boolean;
  /** Euclidean, 0 … 2; Infinity where either picture has no face: such a pair is refused at every threshold. */
  readonly distance: number;
}
