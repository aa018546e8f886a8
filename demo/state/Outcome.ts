/** What the last button press came to. */
export type Outcome =
  | ({ readonly kind: 'verdict' } & LoginVerdict)
  | { readonly kind: 'enrolled'; readonly captures: number; readonly kept: boolean }
  | { readonly kind: 'failed'; readonly title: string; readonly text: string }
  | { readonly kind: 'forgotten' };

export interface LoginVerdict {
  readonly match: boolean;
  /** The median of the frames' distances. */
  readonly distance: number;
  readonly threshold: number;
  /** The false match rate that was decided at. */
  readonly fmr: number;
  /** The rate at which a stranger would come as close. */
  readonly estimatedFmr: number;
  readonly frames: number;
  /** From a frame to its distance, median. */
  readonly frameMs: number;
}
