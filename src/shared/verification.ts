import type { FaceReport } from './FaceReport.js';
import type { Challenge, LivenessResult } from './liveness.js';
import type { FrameOptions } from './options.js';

export interface VerifyOptions extends FrameOptions {
  /** The false match rate to decide at; default 1e-3. A `RangeError` names the range that the data support, which is narrower for several frames. */
  fmr?: number;
  /** Default true: a capture of low quality is not even compared, and is no match, with `reason: 'low-quality'`. */
  gate?: boolean;
  /**
   * What a `LivenessSession` resolved to: only where it was passed, is fresh, was not used before and shows the verified person can there be a match.
   * A TypeError refuses anything that did not come from a session of this page.
   */
  liveness?: LivenessResult;
}

/** A passed liveness session counts for so long, milliseconds. */
export const LIVENESS_LIFETIME = 60_000;

/** What keeps a liveness session's result from counting. */
export type LivenessRefusal = 'liveness-failed' | 'liveness-expired' | 'liveness-used' | 'liveness-other-person';

export type NoMatchReason = 'different-person' | 'no-face' | 'several-faces' | 'low-quality' | LivenessRefusal;

/** A passed liveness session, as a verification reports it. */
export interface VerifiedLiveness {
  readonly challenges: readonly Challenge[];
  /** ISO 8601. */
  readonly finishedAt: string;
}

/** The outcome of a verification of one or several frames. A no-match is a result, never an error. */
export interface VerifyResult {
  readonly match: boolean;
  /** Euclidean distance to the template, 0 … 2; null where nothing was compared. */
  readonly distance: number | null;
  /** The distance threshold at the demanded false match rate, for so many frames. */
  readonly threshold: number;
  /** The false match rate that this distance would be accepted at (see `estimateFmr`); null without a distance. */
  readonly estimatedFmr: number | null;
  /** Of the last frame with a single face. */
  readonly face: FaceReport | null;
  /** How many frames were compared, fused into one embedding; 0 where none was good enough. */
  readonly frames: number;
  /** The liveness session that this verification demanded and that counts; null where none was demanded, or it does not count. */
  readonly liveness: VerifiedLiveness | null;
  /**
   * Only with `match: false`. Of several frames at least half must be good, else the commonest trouble is the reason; `several-faces` also says
   * that they show different people.
   */
  readonly reason?: NoMatchReason;
}
