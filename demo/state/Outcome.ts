import type { OperatingPoint, VerifyResult } from '../../src/index.js';

/** The outcome of the last button press. */
export type Outcome =
  | ({ readonly kind: 'verdict' } & LoginVerdict)
  /** `consistency` is the template's own: how much its captures agree, 0 … 1. */
  | { readonly kind: 'enrolled'; readonly captures: number; readonly consistency: number; readonly kept: boolean }
  | { readonly kind: 'failed'; readonly title: string; readonly text: string }
  | { readonly kind: 'forgotten' };

export interface LoginVerdict {
  /** As the verifier gave it: only this very object can be signed. */
  readonly result: VerifyResult;
  readonly match: boolean;
  /** Of the frames together. */
  readonly distance: number;
  readonly threshold: number;
  /** The false match rate that was decided at. */
  readonly fmr: number;
  /** The rate at which a stranger would come as close. */
  readonly estimatedFmr: number;
  readonly frames: number;
  /** The curve for so many frames. */
  readonly points: readonly OperatingPoint[];
  /** True where the frames do not show one person. */
  readonly severalPeople: boolean;
  /** From a frame to its embedding, median. */
  readonly frameMs: number;
}
