import type { CaptureOutcome } from './captures.js';
import type { CeremonyListeners, CeremonyProgress, CeremonyPrompt } from './ceremony.js';
import type { QualityReason } from './FaceReport.js';

/** The views that a guided enrollment asks for, in this order; "left" and "right" are the person's own. Only `front` is required. */
export const ENROLLMENT_VIEWS = ['front', 'slightly-left', 'slightly-right', 'other-distance'] as const;
export type EnrollmentView = (typeof ENROLLMENT_VIEWS)[number];

/** What keeps a frame from being taken. */
export type EnrollmentHint =
  | 'no-face'
  | 'several-faces'
  | QualityReason
  | 'look-straight'
  | 'turn-further'
  | 'turn-back'
  /** Come closer to the camera, or move away from it. */
  | 'change-distance'
  | 'hold-still'
  /** The face is not the one that the enrollment began with. */
  | 'other-person';

/** The view that is asked for now. One that is skipped, or not seen in time, is left out; without the front there is no enrollment. */
export type EnrollmentPrompt = CeremonyPrompt<EnrollmentView>;

export type EnrollmentProgress = CeremonyProgress<EnrollmentView, EnrollmentHint>;

export interface EnrollLiveOptions extends CeremonyListeners<EnrollmentView, EnrollmentHint> {
  /** Milliseconds for each view, 1000 … 60000; default 8000. */
  timeLimit?: number;
  /** Whether the frames are mirrored before they come here (a mirrored view of unmirrored frames does not count); default false. */
  mirrored?: boolean;
  /** Called for each frame that is taken, with `index` counting these from 0. */
  onCapture?: (capture: CaptureOutcome) => void;
}
