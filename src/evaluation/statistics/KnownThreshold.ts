/** A distance threshold and the false match rate that it promises, such as a manifest's operating point. */
export interface KnownThreshold {
  readonly fmr: number;
  readonly threshold: number;
}
