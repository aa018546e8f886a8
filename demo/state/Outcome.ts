import type { OperatingPoint, VerifyResult } from '../../src/index.js';

/** What the last capture or button press led to, beyond what the capture itself says. */
export type Outcome =
  | LoginMatch
  /** `consistency` is the template's own: how much its captures agree, 0 … 1. */
  | { readonly kind: 'enrolled'; readonly captures: number; readonly consistency: number }
  /** `left` says what could not be deleted, a sentence or two each. */
  | { readonly kind: 'forgotten'; readonly left: readonly string[] };

export interface LoginMatch {
  readonly kind: 'match';
  /** As the verifier gave it: only this very object can be signed. */
  readonly result: VerifyResult;
  /** The false match rate that was decided at. */
  readonly fmr: number;
  /** The curve for so many frames. */
  readonly points: readonly OperatingPoint[];
}
