import type { FaceReport, QualityReason } from './FaceReport.js';
import type { CaptureOutcome } from './captures.js';

/** The views that a guided enrollment asks for, in this order; "left" and "right" are the person's own. Only `front` has to be there. */
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

/** What the person is to do now. */
export interface EnrollmentPrompt {
  readonly view: EnrollmentView;
  /** Captures taken so far, of `total` at most. */
  readonly taken: number;
  readonly total: number;
  /** Milliseconds for this view. A view that is not seen in time is left out; without the front there is no enrollment. */
  readonly timeLimit: number;
  /** Leaves this view out, for people who cannot or do not want to move so; null for the front. Takes effect with the next frame. */
  readonly skip: (() => void) | null;
}

/** How a prompt is coming along; once for each frame. */
export interface EnrollmentProgress {
  readonly prompt: EnrollmentPrompt;
  /** Milliseconds left for this prompt. */
  readonly remaining: number;
  /** What to change; null where the frame is right. */
  readonly hint: EnrollmentHint | null;
  /** Null where there is no single face. */
  readonly face: FaceReport | null;
}

export interface EnrolLiveOptions {
  signal?: AbortSignal;
  /** Milliseconds for each view, 1000 … 60000; default 8000. */
  timeLimit?: number;
  /** Whether the frames are mirrored before they come here (a mirrored view of unmirrored frames does not count); default false. */
  mirrored?: boolean;
  /** Called when there is something new to do. */
  onPrompt?: (prompt: EnrollmentPrompt) => void;
  /** Called after each frame. */
  onProgress?: (progress: EnrollmentProgress) => void;
  /** Called for each frame that is taken, with `index` counting these from 0. */
  onCapture?: (capture: CaptureOutcome) => void;
}
