import type { CaptureOutcome } from './captures.js';
import type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { QualityReason } from './FaceReport.js';
import type { LivenessOptions, LivenessRunOptions } from './liveness.js';

/** The views that a guided enrollment asks for, in this order; "left" and "right" are the person's own. Only `front` is required. */
export const ENROLLMENT_VIEWS = ['front', 'slightly-left', 'slightly-right', 'other-distance'] as const;
export type EnrollmentView = (typeof ENROLLMENT_VIEWS)[number];

/** Why a frame is not being taken. */
export type EnrollmentHint =
  | 'no-face'
  | 'several-faces'
  | QualityReason
  | 'look-straight'
  | 'turn-further'
  | 'turn-back'
  /** Move closer to the camera or further away from it. */
  | 'change-distance'
  | 'hold-still'
  /** The face is not the one that the enrollment started with. */
  | 'other-person';

/** The view asked for now. A view that is skipped, or not seen in time, is left out; without the front view there is no enrollment. */
export type EnrollmentPrompt = CeremonyPrompt<EnrollmentView>;

export type EnrollmentProgress = CeremonyProgress<EnrollmentView, EnrollmentHint>;

/** A liveness session before an enrollment: its options, and what tells of its prompts. */
export interface EnrollLiveness extends LivenessOptions, Omit<LivenessRunOptions, 'signal'> {}

export interface EnrollLiveOptions extends CeremonyListeners<EnrollmentView, EnrollmentHint> {
  /** Time limit for each view in milliseconds, 1000 … 60000; default 8000. */
  timeLimit?: number;
  /**
   * Whether the frames are already mirrored when they are passed in; default: what `liveness` says, or false. (Frames that are only displayed
   * mirrored do not count.)
   */
  mirrored?: boolean;
  /** Called for each frame that is taken; `index` counts these frames from 0. */
  onCapture?: (capture: CaptureOutcome) => void;
  /**
   * Runs a liveness session first: only who passed it is enrolled, otherwise the call throws `liveness-failed`. Off by default. The frames are
   * the same, so `mirrored` holds for it, too.
   */
  liveness?: EnrollLiveness;
  /** Called once enough was seen, before the result is there. */
  onDecide?: () => void;
}
