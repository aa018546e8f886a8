import type { FaceReport } from './FaceReport.js';
import type { Challenge, LivenessResult } from './liveness.js';
import type { FrameOptions } from './options.js';

export interface VerifyOptions extends FrameOptions {
  /**
   * The false match rate to decide at; default 1e-3. A `RangeError` names the range that the data support; it is narrower for several
   * frames.
   */
  fmr?: number;
  /**
   * The distance to decide at, 0 … 2 (the normalized one, where the model has a cohort), in place of `fmr`: for models without operating points, of which nothing else can be known.
   * Whatever is behind it is the page's to answer for: a signed match says so (`points: 'own'`).
   */
  threshold?: number;
  /**
   * Whether to refuse captures of low quality; default true. A refused capture is not compared; if too few are left, there is no match and
   * the `reason` is `low-quality`. Error rates hold only with it: a match of what it refuses is signed as one by the page's own points.
   */
  gate?: boolean;
  /**
   * The result of a `LivenessSession`. There can only be a match if the session was passed, is fresh when the call begins, was not used
   * before and shows the verified person. Anything that did not come from a session on this page throws a TypeError.
   */
  liveness?: LivenessResult;
}

/** How long a passed liveness session counts, in milliseconds. */
export const LIVENESS_LIFETIME = 60_000;

/** Why a liveness session's result does not count. */
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
  /**
   * What is compared with the threshold: the distance, more for faces that are like many others (see `Cohort`); the distance itself for a model
   * without a cohort. Null where nothing was compared.
   */
  readonly normalizedDistance: number | null;
  /**
   * The threshold of `normalizedDistance` at the requested false match rate, for this number of frames, or for more where so many were not measured
   * at it; or the one that was asked for.
   */
  readonly threshold: number;
  /** Whether so small a rate could not be counted, so that the threshold comes from a curve fitted to the closest strangers. */
  readonly extrapolated: boolean;
  /** The false match rate at which this normalized distance would just be accepted (see `estimateFmr`); null without a distance. */
  readonly estimatedFmr: number | null;
  /** The face in the last frame that shows a single one; null if none does. */
  readonly face: FaceReport | null;
  /** How many frames were fused into the embedding that was compared; 0 if none was good enough. */
  readonly frames: number;
  /** The liveness session passed in as an option, if it counts; null if none was passed in or it does not count. */
  readonly liveness: VerifiedLiveness | null;
  /**
   * Only with `match: false`. At least half of the frames must be good; otherwise the most common problem is the reason. `several-faces`
   * may also mean that the frames show different people.
   */
  readonly reason?: NoMatchReason;
}
