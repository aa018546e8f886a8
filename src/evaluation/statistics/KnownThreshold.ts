/** A distance threshold and the false match rate that it promises: a manifest's operating point, say. */
export interface KnownThreshold {
  readonly fmr: number;
  readonly threshold: number;
}
